package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceSetup;
import kg.sakchy.core.device.DeviceWarning;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probing, registering, setting up; and where cameras stand. */
class RegistrationTest {
  private static final String GATE = "/api/v1/cameras/gate";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static JsonObject address(int number) {
    return new JsonObject()
        .put("address", SampleDevices.host(number))
        .put("user", SampleDevices.LOGIN.user())
        .put("password", SampleDevices.LOGIN.password());
  }

  private HttpResponse<byte[]> put(String path, JsonObject body) {
    return server.send(server.json(path, "PUT", body.encode()));
  }

  private static DeviceReport warned(DeviceReport report, DeviceWarning warning) {
    return new DeviceReport(
        report.address(),
        report.identity(),
        Set.of("S"),
        report.features(),
        report.profiles(),
        report.mainProfile(),
        report.subProfile(),
        null,
        List.of(warning));
  }

  @Test
  void aHostIsEnoughToProbe() {
    server.probe.add(SampleDevices.report(7));
    HttpResponse<byte[]> probed = server.post("/api/v1/probe", address(7));
    assertThat(probed.statusCode()).as(text(probed)).isEqualTo(200);
    JsonObject report = body(probed);
    assertThat(report.getJsonObject("identity").getString("model")).isEqualTo("Dome 28x");
    assertThat(report.getJsonArray("features")).containsExactly("events", "media2", "ptz");
    assertThat(report.getJsonArray("profiles")).hasSize(2);
    assertThat(report.getString("user")).isEqualTo("admin");
    assertThat(text(probed)).doesNotContain("p@ss").doesNotContain("p%40ss");
    assertThat(server.directory.list(null, 10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DeviceWarning.Kind.class)
  void everyWarningIsASentenceInEveryLanguage(DeviceWarning.Kind kind) {
    DeviceWarning warning = new DeviceWarning(kind, List.of("first{0}'s", "second"));
    server.probe.add(warned(SampleDevices.report(7), warning));
    for (String language : List.of("ru", "ky", "en")) {
      HttpResponse<byte[]> probed =
          server.send(
              server
                  .json("/api/v1/probe", "POST", address(7).encode())
                  .header("Accept-Language", language));
      JsonObject told = body(probed).getJsonArray("warnings").getJsonObject(0);
      assertThat(told.getString("words"))
          .matches(language.equals("en") ? "[A-Z].*\\." : "(?U)\\p{IsCyrillic}.*\\.|first.*\\.")
          .doesNotContain("{1}");
      assertThat(told.getJsonArray("values")).containsExactly("first{0}'s", "second");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, 503",
    "TIMEOUT, 504",
    "UNAUTHENTICATED, 401",
    "UNSUPPORTED, 501",
  })
  void aProbeThatFailsSaysWhy(ErrorKind kind, int status) {
    server.probe.fail(SampleDevices.address(7), kind, "a sentence for the administrator");
    HttpResponse<byte[]> failed = server.post("/api/v1/probe", address(7));
    assertThat(failed.statusCode()).isEqualTo(status);
    assertThat(body(failed).getString("detail")).isEqualTo("a sentence for the administrator");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"address\":5}",
        "{\"address\":\"\"}",
        "{\"address\":\"ftp://10.0.0.1/\"}",
        "{\"address\":\"http://\"}",
        "{\"address\":\"http://ho st/\"}",
        "{\"address\":\"10.0.0.1\",\"password\":\"s3cret\"}",
        "{\"address\":\"http://a:s3cret@[\"}",
        "{\"address\":\"10.0.0.1\",\"keepHost\":\"yes\"}",
        "{\"address\":\"10.0.0.1\",\"more\":1}"
      })
  void addressesThatMakeNoSenseAreRefused(String body) {
    HttpResponse<byte[]> refused = server.send(server.json("/api/v1/probe", "POST", body));
    assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
    assertThat(text(refused)).doesNotContain("s3cret");
    assertThat(server.probe.asked()).isZero();
  }

  @Test
  void aCameraIsRegisteredWithAllThatWasSaid() {
    server.probe.add(SampleDevices.report(7));
    HttpResponse<byte[]> registered =
        server.post(
            "/api/v1/registrations",
            address(7)
                .put("id", "school-5")
                .put("name", "Школа №5")
                .put("keepHost", true)
                .put("recording", false)
                .put("retentionDays", 30)
                .put(
                    "placement",
                    new JsonObject().put("site", "Школа №5").put("siteClass", "tourist_area")));
    assertThat(registered.statusCode()).as(text(registered)).isEqualTo(201);
    assertThat(header(registered, "Location")).isEqualTo("/api/v1/cameras/school-5");
    assertThat(body(registered).getJsonObject("camera").getString("id")).isEqualTo("school-5");
    assertThat(text(registered)).doesNotContain("p@ss");
    CameraRegistration.Request request = Objects.requireNonNull(server.registration.lastRequest);
    assertThat(request.address().credentials()).isEqualTo(SampleDevices.LOGIN);
    assertThat(request.address().keepHost()).isTrue();
    assertThat(request.recording()).isFalse();
    assertThat(request.retentionDays()).isEqualTo(30);
    assertThat(request.name()).isEqualTo("Школа №5");
    assertThat(Objects.requireNonNull(request.placement()).siteClass())
        .isEqualTo(SiteClass.TOURIST_AREA);
  }

  @Test
  void theSameCameraTwiceIsAConflict() {
    server.addDome();
    HttpResponse<byte[]> twin = server.post("/api/v1/registrations", address(1));
    assertThat(twin.statusCode()).isEqualTo(409);
    assertThat(body(twin).getString("detail")).contains("gate");
  }

  @Test
  void aCameraIsProbedAgainWhereItWasOrElsewhere() {
    server.addDome();
    HttpResponse<byte[]> same =
        server.send(
            server
                .request(GATE + "/refresh")
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    assertThat(same.statusCode()).as(text(same)).isEqualTo(200);
    assertThat(server.registration.lastMove).isNull();
    server.post(GATE + "/refresh", new JsonObject().put("address", SampleDevices.host(1)));
    assertThat(Objects.requireNonNull(server.registration.lastMove).credentials())
        .isEqualTo(SampleDevices.LOGIN);
    server.post(GATE + "/refresh", new JsonObject().put("address", "10.9.9.9"));
    assertThat(Objects.requireNonNull(server.registration.lastMove).credentials())
        .as("another host never gets the password")
        .isNull();
    assertThat(
            server
                .post("/api/v1/cameras/nobody/refresh", new JsonObject().put("address", "h"))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void theOnvifSideIsShownWithoutItsPasswordAndReplaced() {
    server.addDome();
    HttpResponse<byte[]> shown = server.get(GATE + "/device");
    assertThat(body(shown).getString("address"))
        .isEqualTo(SampleDevices.address(1).service().toString());
    assertThat(text(shown)).doesNotContain("p@ss");
    HttpResponse<byte[]> changed =
        put(
            GATE + "/device",
            new JsonObject()
                .put("address", SampleDevices.host(1))
                .put("mainProfile", "sub")
                .putNull("subProfile"));
    assertThat(changed.statusCode()).as(text(changed)).isEqualTo(200);
    CameraDevice stored = server.registry.device(TestServer.GATE).orElseThrow();
    assertThat(stored.mainProfile()).isEqualTo("sub");
    assertThat(stored.subProfile()).isNull();
    assertThat(stored.address().credentials()).isEqualTo(SampleDevices.LOGIN);
  }

  @Test
  void anotherCameraAtTheAddressIsNotTakenForThisOne() {
    server.addDome();
    server.probe.add(SampleDevices.report(2));
    assertThat(put(GATE + "/device", address(2)).statusCode()).isEqualTo(409);
    assertThat(put(GATE + "/device", address(1).put("mainProfile", "third")).statusCode())
        .isEqualTo(400);
    assertThat(server.registry.device(TestServer.GATE).orElseThrow().identity())
        .isEqualTo(SampleDevices.identity(1));
  }

  @Test
  void aCameraRegisteredByItsStreamGetsAnOnvifSide() {
    server.addGate();
    assertThat(server.get(GATE + "/device").statusCode()).isEqualTo(404);
    assertThat(body(server.get(GATE + "/device")).getString("detail")).contains("ONVIF");
    server.probe.add(SampleDevices.report(3));
    assertThat(put(GATE + "/device", address(3)).statusCode()).isEqualTo(200);
    assertThat(server.get(GATE + "/device").statusCode()).isEqualTo(200);
    assertThat(put("/api/v1/cameras/nobody/device", address(3)).statusCode()).isEqualTo(404);
  }

  @Test
  void aCameraIsSetUp() {
    server.addDome();
    HttpResponse<byte[]> done =
        server.post(
            GATE + "/setup",
            new JsonObject()
                .put("setClock", true)
                .put("ntpServer", "ntp.example")
                .put("newUser", new JsonObject().put("user", "vms").put("password", "s3cret"))
                .put("mainGopFrames", 50));
    assertThat(done.statusCode()).as(text(done)).isEqualTo(200);
    assertThat(body(done).getJsonArray("problems")).isEmpty();
    assertThat(server.probe.setUps())
        .containsExactly(
            new DeviceSetup(
                true, "ntp.example", null, new Credentials("vms", "s3cret"), null, null, 50));
    assertThat(server.post(GATE + "/setup", new JsonObject()).statusCode()).isEqualTo(400);
    assertThat(server.post(GATE + "/setup", new JsonObject().put("hostname", "a b")).statusCode())
        .isEqualTo(400);
    assertThat(
            server
                .post("/api/v1/cameras/nobody/setup", new JsonObject().put("setClock", true))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void placementIsWhatWasTold() {
    server.addGate();
    assertThat(server.get(GATE + "/placement").statusCode()).isEqualTo(404);
    JsonObject school =
        new JsonObject()
            .put("site", "Школа №5 \"Гагарин\"")
            .put("siteClass", "school")
            .put("address", "ул. Токтогула, 12")
            .put("geographicCode", "41711000000000")
            .put("latitude", 42.8746)
            .put("longitude", 74.5698)
            .put("heightMetres", 4.5)
            .put("azimuthDegrees", 359.9)
            .put("viewAngleDegrees", 62.0)
            .put("unit", "УВД Первомайского района");
    assertThat(body(put(GATE + "/placement", school))).isEqualTo(school);
    assertThat(body(server.get(GATE + "/placement"))).isEqualTo(school);
    assertThat(server.registry.placement(TestServer.GATE)).contains(SampleDevices.placement());
    assertThat(put("/api/v1/cameras/nobody/placement", school).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"latitude\":91,\"longitude\":0}",
        "{\"latitude\":1e999,\"longitude\":0}",
        "{\"latitude\":NaN,\"longitude\":0}",
        "{\"latitude\":\"42\",\"longitude\":0}",
        "{\"latitude\":42}",
        "{\"azimuthDegrees\":360}",
        "{\"viewAngleDegrees\":0}",
        "{\"heightMetres\":true}",
        "{\"siteClass\":\"moon\"}",
        "{\"site\":null}",
        "{\"secret\":1}"
      })
  void placementsThatMakeNoSenseAreRefused(String body) {
    server.addGate();
    HttpResponse<byte[]> refused = server.send(server.json(GATE + "/placement", "PUT", body));
    assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
    assertThat(server.registry.placement(TestServer.GATE)).isEmpty();
  }
}
