package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single commands. */
class PtzTest {
  static final String PTZ = "/api/v1/cameras/gate/ptz";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<byte[]> send(String command) {
    return server.send(server.json(PTZ, "POST", command));
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of(
            "{'command':'velocity','pan':0.5,'tilt':-1,'zoom':1}",
            new PtzCommand.Velocity(0.5, -1, 1)),
        Arguments.of("{'command':'velocity'}", new PtzCommand.Velocity(0, 0, 0)),
        Arguments.of("{'command':'stop'}", new PtzCommand.Stop()),
        Arguments.of(
            "{'command':'absolute','panDegrees':359.5,'zoomFactor':28}",
            new PtzCommand.Absolute(359.5, null, 28.0)),
        Arguments.of("{'command':'relative','panDegrees':-10}", new PtzCommand.Relative(-10, 0, 1)),
        Arguments.of("{'command':'centre','x':0.25,'y':1}", new PtzCommand.Centre(0.25, 1)),
        Arguments.of(
            "{'command':'frame','x':0.1,'y':0.2,'width':0.9,'height':0.5}",
            new PtzCommand.Frame(0.1, 0.2, 0.9, 0.5)),
        Arguments.of("{'command':'preset','token':'1/a b'}", new PtzCommand.GoToPreset("1/a b")),
        Arguments.of("{'command':'home'}", new PtzCommand.GoHome()),
        Arguments.of("{'command':'setHome'}", new PtzCommand.SetHome()),
        Arguments.of(
            "{'command':'tour','token':'t','action':'pause'}",
            new PtzCommand.Tour("t", PtzCommand.Tour.Action.PAUSE)),
        Arguments.of(
            "{'command':'auxiliary','device':'ir-lamp','value':'auto'}",
            new PtzCommand.Auxiliary(
                PtzCommand.Auxiliary.Device.IR_LAMP, PtzCommand.Auxiliary.Switch.AUTO)),
        Arguments.of("{'command':'focus','speed':-0.5}", new PtzCommand.Focus(-0.5)),
        Arguments.of("{'command':'autoFocus'}", new PtzCommand.AutoFocus()),
        Arguments.of("{'command':'iris','attenuation':-0.5}", new PtzCommand.Iris(-0.5)),
        Arguments.of("{'command':'iris'}", new PtzCommand.Iris(null)),
        Arguments.of(
            "{'command':'dayNight','mode':'night'}",
            new PtzCommand.DayNight(PtzCommand.DayNight.Mode.NIGHT)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandArrives(String json, PtzCommand command) {
    HttpResponse<byte[]> done = send(json.replace('\'', '"'));
    assertThat(done.statusCode()).as(text(done)).isEqualTo(204);
    assertThat(server.ptz.sent).containsExactly(new ScriptedPtz.Sent("Operator", command));
  }

  static Stream<String> nonsense() {
    return Stream.of(
        "{}",
        "{'command':'fly'}",
        "{'command':5}",
        "{'command':null}",
        "{'command':'velocity','pan':1.01}",
        "{'command':'velocity','pan':1e999}",
        "{'command':'velocity','pan':-1e999}",
        "{'command':'velocity','pan':NaN}",
        "{'command':'velocity','pan':'1'}",
        "{'command':'velocity','pan':[1]}",
        "{'command':'velocity','speed':1}",
        "{'command':'stop','pan':1}",
        "{'command':'absolute','panDegrees':-1}",
        "{'command':'absolute','panDegrees':360.1}",
        "{'command':'absolute','zoomFactor':0.5}",
        "{'command':'relative','zoomRatio':0}",
        "{'command':'centre','x':0.5}",
        "{'command':'centre','x':0.5,'y':-0.1}",
        "{'command':'frame','x':0.5,'y':0,'width':0.6,'height':0.1}",
        "{'command':'frame','x':0.5,'y':0,'width':0,'height':0.1}",
        "{'command':'preset'}",
        "{'command':'preset','token':''}",
        "{'command':'preset','token':7}",
        "{'command':'preset','token':'" + "x".repeat(201) + "'}",
        "{'command':'tour','token':'t','action':'dance'}",
        "{'command':'auxiliary','device':'siren','value':'on'}",
        "{'command':'auxiliary','device':'wiper','value':'ON'}",
        "{'command':'focus'}",
        "{'command':'dayNight','mode':'dusk'}",
        "{'command':'stop','sequence':1,'more':{}}",
        "[]",
        "'stop'",
        "");
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void whatMakesNoSenseIsRefused(String json) {
    HttpResponse<byte[]> refused = send(json.replace('\'', '"'));
    assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
    assertThat(server.ptz.sent).isEmpty();
  }

  @Test
  void aCommandThatFailsSaysWhy() {
    server.ptz.answer =
        CompletableFuture.failedFuture(
            new VmsException(ErrorKind.UNSUPPORTED, "the dome has no wiper"));
    HttpResponse<byte[]> failed = send("{\"command\":\"home\"}");
    assertThat(failed.statusCode()).isEqualTo(501);
    assertThat(body(failed).getString("detail")).isEqualTo("the dome has no wiper");
  }

  @Test
  void aCameraThatDoesNotAnswerYetIsNotWaitedFor() {
    server.ptz.answer = new CompletableFuture<>();
    assertThat(send("{\"command\":\"home\"}").statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/presets", "/tours"})
  void aCameraWithoutPtzSaysSo(String what) {
    HttpResponse<byte[]> answer = server.get("/api/v1/cameras/yard/ptz" + what);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(body(answer).getString("detail")).contains("cannot be steered");
    assertThat(
            server
                .post("/api/v1/cameras/yard/ptz", new JsonObject().put("command", "stop"))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void abilitiesAndPositionAreTold() {
    server.ptz.position = new PtzPosition(null, -20.0, null, TestServer.NOW, true);
    JsonObject ptz = body(server.get(PTZ));
    assertThat(ptz.getJsonObject("abilities").getDouble("maxZoomFactor")).isEqualTo(28);
    assertThat(ptz.getJsonObject("abilities").getJsonArray("auxiliaries"))
        .containsExactly("ir-lamp", "wiper");
    assertThat(ptz.getJsonObject("position").getValue("panDegrees")).isNull();
    assertThat(ptz.getJsonObject("position").getDouble("tiltDegrees")).isEqualTo(-20);
  }

  @Test
  void presetsAreListedKeptAndForgotten() {
    assertThat(body(server.get(PTZ + "/presets")).getJsonArray("items")).hasSize(2);
    assertThat(body(server.get(PTZ + "/tours")).getJsonArray("items")).hasSize(1);
    HttpResponse<byte[]> kept =
        server.post(PTZ + "/presets", new JsonObject().put("name", "Ворота"));
    assertThat(kept.statusCode()).isEqualTo(200);
    assertThat(server.delete(PTZ + "/presets?token=1%2Fa%20b").statusCode()).isEqualTo(204);
    assertThat(server.ptz.commands())
        .containsExactly(
            new PtzCommand.SetPreset(null, "Ворота"), new PtzCommand.RemovePreset("1/a b"));
    assertThat(server.delete(PTZ + "/presets").statusCode()).isEqualTo(400);
    assertThat(server.post(PTZ + "/presets", new JsonObject().put("name", "")).statusCode())
        .isEqualTo(400);
  }
}
