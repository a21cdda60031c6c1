package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.config.NotificationConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.server.VmsServer;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.MetadataMedia;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.SimStream;
import kg.sakchy.sim.onvif.event.MetadataDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera without pull points whose analytics speak only beside the pictures: both ways end in the
 * event log of the whole server.
 */
class DeviceEventsEndToEndTest {
  private static final MetadataDocument.Box BOX = new MetadataDocument.Box(-0.5, 0.5, 0.5, -0.5);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  private final ObjectMapper json = new ObjectMapper();
  private @Nullable Administrator administrator;

  private VmsConfig config() {
    VmsConfig base = VmsConfig.DEFAULTS;
    return new VmsConfig(
            directory.resolve("data").toString(),
            base.tls(),
            base.http(),
            base.rtsp(),
            base.webrtc(),
            base.live(),
            base.database(),
            base.objectStore(),
            new DeviceConfig(false, true, 90, new NotificationConfig("127.0.0.1", 0, ""), false),
            base.gateway(),
            base.recording(),
            base.audit(),
            base.oidc())
        .onFreePorts();
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void notificationsAndMetadataReachTheEventLog() throws Exception {
    MetadataMedia media = new MetadataMedia(ClipMedia.open(TestClips.h264(directory, 4)));
    try (SimServer pictures = SimServer.start(SimOptions.DEFAULTS);
        OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
        VmsServer server = VmsServer.start(config(), VmsClock.system());
        HttpClient client = HttpClient.newHttpClient()) {
      CompletableFuture<String> announced = new CompletableFuture<>();
      server.entry().announceFirstAdministrator(announced::complete);
      String oneTimePassword = announced.get(2, TimeUnit.MINUTES);
      administrator = Administrator.first(client, server.address(), oneTimePassword);
      SimDevice gate =
          sim.addDevice(
              SimDeviceProfile.of("gate", SimStream.of("main", pictures.addCamera("gate", media)))
                  .withLogin(SimLogin.of("admin", "secret")));
      gate.quirks().on(SimQuirk.PULL_POINT_DENIED);
      server
          .devices()
          .registration()
          .register(
              new CameraRegistration.Request(
                  new DeviceAddress(gate.uri(), new Credentials("admin", "secret"), false),
                  new CameraId("gate"),
                  "Gate",
                  null,
                  null,
                  true,
                  null,
                  null));

      JsonNode motion =
          await(
              client,
              server,
              "motion",
              () -> gate.events().motion(true),
              event -> event.path("state").asText().equals("active"));
      assertThat(motion.path("topic").asText()).isEqualTo("VideoSource/MotionAlarm");
      assertThat(gate.calls("Subscribe")).isEqualTo(1);

      JsonNode plate =
          await(
              client,
              server,
              "plate",
              () ->
                  media.send(MetadataDocument.vehicle(Instant.now(), 12, BOX, "Car", "01KG123ABC")),
              event -> event.toString().contains("01KG123ABC"));
      assertThat(plate.toString()).contains("MetadataStream");
      assertThat(server.metrics().scrape()).contains("sakchy_events_subscriptions 1.0");
    }
  }

  /** Does something again and again until the log has what it should. */
  private JsonNode await(
      HttpClient client, VmsServer server, String kind, Runnable cause, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    URI events = server.address().resolve("api/v1/events?camera=gate&kind=" + kind);
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < end) {
      cause.run();
      last =
          client
              .send(
                  Objects.requireNonNull(administrator)
                      .with(HttpRequest.newBuilder(events))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      for (JsonNode event : json.readTree(last).path("items")) {
        if (wanted.test(event)) {
          return event;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no event of " + kind + " in " + last);
  }
}
