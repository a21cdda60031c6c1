package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzPosition;
import kg.sakchy.web.http.HttpLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The socket for joysticks, and clients that are lost, silent, strange or too many. */
class PtzSocketTest {
  private static final String VELOCITY = "{\"command\":\"velocity\",\"pan\":0.5}";
  private static final String HANDSHAKE =
      crlf(
          """
          GET /api/v1/cameras/gate/ptz/socket HTTP/1.1
          Host: localhost:1
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          """);

  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private PtzClient connect() {
    return new PtzClient(server.port(), "gate");
  }

  private void awaitStop() {
    Await.until("the dome is stopped", () -> server.ptz.commands().contains(new PtzCommand.Stop()));
  }

  @Test
  void commandsAreTakenAndAcknowledged() {
    try (PtzClient client = connect()) {
      client.send("{\"sequence\":7,\"command\":\"velocity\",\"pan\":0.5}");
      assertThat(client.next()).isEqualTo(new JsonObject().put("type", "ack").put("sequence", 7));
      client.send("{\"sequence\":8,\"command\":\"stop\"}");
      assertThat(client.next().getInteger("sequence")).isEqualTo(8);
      assertThat(server.ptz.sent)
          .containsExactly(
              new ScriptedPtz.Sent("Operator", new PtzCommand.Velocity(0.5, 0, 0)),
              new ScriptedPtz.Sent("Operator", new PtzCommand.Stop()));
    }
  }

  @Test
  void positionsArePushed() {
    try (PtzClient client = connect()) {
      Await.until("the socket watches", () -> server.ptz.watchers.size() == 1);
      server.ptz.moved(new PtzPosition(12.5, null, 2.0, TestServer.NOW, true), "somebody");
      JsonObject position = client.next();
      assertThat(position.getString("type")).isEqualTo("position");
      assertThat(position.getDouble("panDegrees")).isEqualTo(12.5);
      assertThat(position.getString("operator")).isEqualTo("somebody");
    }
    Await.until("nobody watches", () -> server.ptz.watchers.isEmpty());
  }

  @Test
  void aLostClientStopsTheDome() {
    try (PtzClient client = connect()) {
      client.send(VELOCITY);
      Await.until("it moves", () -> !server.ptz.sent.isEmpty());
      client.abort();
      awaitStop();
    }
  }

  @Test
  void aSilentClientStopsTheDomeAfterAWhileAndIsToldSo() {
    try (PtzClient client = connect()) {
      long sent = System.nanoTime();
      client.send(VELOCITY);
      awaitStop();
      assertThat(Duration.ofNanos(System.nanoTime() - sent))
          .isGreaterThanOrEqualTo(Duration.ofMillis(500));
      assertThat(client.next().getString("type")).isEqualTo("stopped");
    }
  }

  @Test
  void otherCommandsDoNotPutTheStopOff() {
    try (PtzClient client = connect()) {
      client.send(VELOCITY);
      long begin = System.nanoTime();
      while (!server.ptz.commands().contains(new PtzCommand.Stop())) {
        client.send("{\"sequence\":1,\"command\":\"iris\",\"attenuation\":0.1}");
        client.next();
        if (System.nanoTime() - begin > Duration.ofSeconds(20).toNanos()) {
          throw new AssertionError("it was never stopped");
        }
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
      }
    }
  }

  @Test
  void theFocusIsStoppedToo() {
    try (PtzClient client = connect()) {
      client.send("{\"command\":\"focus\",\"speed\":1}");
      Await.until("it moves", () -> !server.ptz.sent.isEmpty());
      client.abort();
      Await.until("it is stopped", () -> server.ptz.commands().contains(new PtzCommand.Focus(0)));
    }
    assertThat(server.ptz.commands()).doesNotContain(new PtzCommand.Stop());
  }

  @Test
  void whatStandsStillIsNotStopped() {
    try (PtzClient client = connect()) {
      client.send(VELOCITY);
      client.send("{\"command\":\"velocity\",\"pan\":0}");
      client.send("{\"sequence\":1,\"command\":\"home\"}");
      client.next();
    }
    Await.until("the socket is gone", () -> server.ptz.watchers.isEmpty());
    assertThat(server.ptz.commands()).doesNotContain(new PtzCommand.Stop());
  }

  @Test
  void aServerThatStopsLeavesNoDomeTurning() {
    try (PtzClient client = connect()) {
      client.send(VELOCITY);
      Await.until("it moves", () -> !server.ptz.sent.isEmpty());
      server.close();
      assertThat(server.ptz.commands()).endsWith(new PtzCommand.Stop());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "stop",
        "{\"command\":\"velocity\",\"pan\":2}",
        "{\"command\":\"velocity\",\"pan\":1e999}",
        "{\"command\":\"velocity\",\"pan\":NaN}",
        "{\"command\":\"stop\",\"more\":1}",
        "{\"command\":\"stop\",\"sequence\":-1}",
        "{\"command\":\"stop\",\"sequence\":1.5}",
        "{\"command\":\"stop\",\"sequence\":\"1\"}"
      })
  void whatMakesNoSenseIsAProblemAndTheSocketLivesOn(String message) {
    try (PtzClient client = connect()) {
      client.send(message);
      JsonObject problem = client.next();
      assertThat(problem.getString("type")).isEqualTo("problem");
      assertThat(problem.getJsonObject("problem").getString("code")).isEqualTo("invalid-argument");
      client.send("{\"sequence\":2,\"command\":\"home\"}");
      assertThat(client.next().getInteger("sequence")).isEqualTo(2);
    }
    assertThat(server.ptz.commands()).containsExactly(new PtzCommand.GoHome());
  }

  @Test
  void aCommandThatFailsIsAProblemWithItsNumber() {
    server.ptz.answer =
        CompletableFuture.failedFuture(
            new VmsException(ErrorKind.UNAVAILABLE, "the dome does not answer"));
    try (PtzClient client = connect()) {
      client.send("{\"sequence\":3,\"command\":\"home\"}");
      JsonObject problem = client.next();
      assertThat(problem.getInteger("sequence")).isEqualTo(3);
      assertThat(problem.getJsonObject("problem").getString("detail"))
          .isEqualTo("the dome does not answer");
    }
  }

  @Test
  void aCameraThatTakesNothingIsNotBuriedAndAStopStillPasses() {
    server.ptz.answer = new CompletableFuture<>();
    try (PtzClient client = connect()) {
      for (int i = 0; i < 65; i++) {
        client.send("{\"command\":\"home\"}");
      }
      assertThat(client.next().getJsonObject("problem").getString("code"))
          .isEqualTo("resource-exhausted");
      client.send("{\"command\":\"stop\"}");
      awaitStop();
    }
  }

  @Test
  void aFloodIsSentAwayAndTheDomeStopped() {
    try (PtzClient client = connect()) {
      for (int i = 0; i < 1_000; i++) {
        try {
          client.send(VELOCITY);
        } catch (java.util.concurrent.CompletionException sentAway) {
          break;
        }
      }
      assertThat(client.closeStatus()).isIn(1008, -1);
      awaitStop();
      assertThat(server.ptz.sent.size())
          .isLessThan(5 * HttpLimits.DEFAULTS.live().messagesPerSecond());
    }
  }

  @Test
  void messagesThatAreTooLargeOrBinaryEndTheSocket() {
    try (PtzClient client = connect()) {
      client.send(VELOCITY);
      client.send("{\"command\":\"" + "x".repeat(5_000) + "\"}");
      client.closeStatus();
      awaitStop();
    }
    try (PtzClient client = connect()) {
      client.sendBinary();
      assertThat(client.closeStatus()).isEqualTo(1003);
    }
  }

  @Test
  void aCameraThatCannotBeSteeredSaysSoAndCloses() {
    try (PtzClient client = new PtzClient(server.port(), "yard")) {
      assertThat(client.next().getJsonObject("problem").getString("detail"))
          .contains("cannot be steered");
      assertThat(client.closeStatus()).isEqualTo(1008);
    }
  }

  @Test
  void soManySocketsAndNoMore() throws IOException {
    List<PtzClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < HttpLimits.DEFAULTS.live().sockets(); i++) {
        clients.add(connect());
      }
      assertThat(handshake("")).startsWith("HTTP/1.1 503");
    } finally {
      clients.forEach(PtzClient::close);
    }
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  private String handshake(String more) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(HANDSHAKE + more + "\r\n");
      return connection.readHead();
    }
  }

  @Test
  void thisServersOwnPageAndProgramsMayConnect() throws IOException {
    assertThat(handshake("")).startsWith("HTTP/1.1 101");
    assertThat(handshake("Origin: http://localhost:1\r\n")).startsWith("HTTP/1.1 101");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://attacker.example",
    "Origin, http://localhost:2",
    "Origin, null",
    "Sec-Fetch-Site, cross-site"
  })
  void pagesFromElsewhereDoNotSteer(String name, String value) throws IOException {
    assertThat(handshake(name + ": " + value + "\r\n")).startsWith("HTTP/1.1 403");
    assertThat(server.ptz.watchers).isEmpty();
  }

  @Test
  void whatIsNoHandshakeIsTold() throws IOException {
    assertThat(server.get(PtzTest.PTZ + "/socket").statusCode()).isEqualTo(426);
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(HANDSHAKE.replaceAll("Sec-WebSocket-.*\r\n", "") + "\r\n");
      assertThat(connection.readHead()).startsWith("HTTP/1.1 400");
    }
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(HANDSHAKE.replace("gate", "NO") + "\r\n");
      assertThat(connection.readHead()).startsWith("HTTP/1.1 400");
    }
  }
}
