package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import kg.sakchy.server.demo.SimFleet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera's life as an administrator and an operator see it, over a real network. Takes minutes:
 * one of them without a network.
 */
class CameraLifeEndToEndTest {
  private static final Duration CUT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void foundRegisteredRecordedSteeredHeardAndFilledFromItsCard() throws Exception {
    try (TwoHosts hosts = TwoHosts.connected()) {
      hosts.onCamera(
          directory.resolve("cameras.log"),
          line -> line.contains("domes;"),
          "sim",
          "--cameras",
          "0",
          "--domes",
          "1",
          "--host",
          TwoHosts.CAMERA_ADDRESS,
          "--interface",
          "lan");
      List<String> console = new ArrayList<>();
      String announced =
          hosts.onServer(
              directory.resolve("server.log"),
              Map.of("VMS_DATADIR", directory.resolve("data").toString(), "VMS_HTTP_PORT", "0"),
              line -> console.add(line) && line.contains(Administrator.ANNOUNCED),
              "serve");
      String said =
          console.stream().filter(line -> line.contains("http://")).findFirst().orElseThrow();
      String api = said.substring(said.indexOf("http://")).strip() + "api/v1/";
      hosts.signIn(api, Administrator.announced(announced));

      String address = discover(hosts, api);
      register(hosts, api, address);
      hosts.await(api + "cameras/dome/status", status -> isStreaming(status));
      steer(hosts, api);
      hosts.await(
          api + "events?camera=dome&kind=motion", events -> !events.path("items").isEmpty());
      fill(hosts, api);
    }
  }

  private static String discover(TwoHosts hosts, String api)
      throws IOException, InterruptedException {
    JsonNode search = hosts.post(api + "discovery", "{\"seconds\": 5}");
    JsonNode found =
        hosts.event(api + "discovery/" + search.path("id").asText() + "/events", "found");
    assertThat(found.path("name").asText()).isEqualTo("dome1");
    return found.path("services").get(0).asText();
  }

  private static void register(TwoHosts hosts, String api, String address)
      throws IOException, InterruptedException {
    JsonNode registered =
        hosts.post(
            api + "registrations",
            "{\"address\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"id\":\"dome\",\"name\":\"Dome\"}"
                .formatted(address, SimFleet.LOGIN.user(), SimFleet.LOGIN.password()));
    assertThat(registered.path("camera").path("id").asText())
        .as(registered.toPrettyString())
        .isEqualTo("dome");
  }

  private static boolean isStreaming(JsonNode status) {
    return status.toString().contains("\"streaming\"");
  }

  /** The dome goes where it is told, and the picture shows something else. */
  private void steer(TwoHosts hosts, String api) throws IOException, InterruptedException {
    Instant before = recordedUntil(hosts, api, Instant.now());
    hosts.post(
        api + "cameras/dome/ptz",
        "{\"command\":\"absolute\",\"panDegrees\":140,\"tiltDegrees\":-10,\"zoomFactor\":6}");
    hosts.await(
        api + "cameras/dome/ptz",
        ptz ->
            Math.abs(ptz.path("position").path("panDegrees").asDouble() - 140) < 1
                && Math.abs(ptz.path("position").path("zoomFactor").asDouble() - 6) < 0.3);
    Instant after = recordedUntil(hosts, api, Instant.now().plusSeconds(3));
    double different = different(still(hosts, api, before), still(hosts, api, after));
    assertThat(different).isGreaterThan(0.3);
  }

  private static Instant recordedUntil(TwoHosts hosts, String api, Instant moment)
      throws IOException, InterruptedException {
    hosts.await(
        api + "cameras/dome/timeline?" + range(moment.minusSeconds(2), moment.plusSeconds(60)),
        timeline ->
            timeline.path("recorded").findValuesAsText("to").stream()
                .anyMatch(to -> Instant.parse(to).isAfter(moment)));
    return moment;
  }

  private BufferedImage still(TwoHosts hosts, String api, Instant at)
      throws IOException, InterruptedException {
    Path file = directory.resolve("still-" + at.toEpochMilli() + ".jpg");
    hosts.download(api + "cameras/dome/snapshot.jpg?at=" + text(at), file);
    return ImageIO.read(file.toFile());
  }

  /** Share of the pixels whose green differs clearly. */
  private static double different(BufferedImage one, BufferedImage other) {
    int count = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        int green = (one.getRGB(x, y) >> 8 & 0xff) - (other.getRGB(x, y) >> 8 & 0xff);
        count += Math.abs(green) > 24 ? 1 : 0;
      }
    }
    return (double) count / (one.getWidth() * one.getHeight());
  }

  /** A minute without network becomes a gap, then is fetched from the card. */
  private static void fill(TwoHosts hosts, String api) throws IOException, InterruptedException {
    Instant cut = Instant.now();
    hosts.cut();
    hosts.await(api + "cameras/dome/status", status -> !isStreaming(status));
    while (Instant.now().isBefore(cut.plus(CUT))) {
      ServerProcess.pause();
    }
    hosts.mend();
    Instant mended = Instant.now();
    hosts.await(api + "cameras/dome/status", status -> isStreaming(status));
    recordedUntil(hosts, api, mended.plusSeconds(5));
    hosts.await(
        api + "cameras/dome/timeline?" + range(cut.minusSeconds(5), mended.plusSeconds(5)),
        line -> missing(line).isZero());
  }

  private static Duration missing(JsonNode timeline) {
    Duration sum = Duration.ZERO;
    for (JsonNode gap : timeline.path("gaps")) {
      Instant from = Instant.parse(gap.path("from").asText());
      sum = sum.plus(Duration.between(from, Instant.parse(gap.path("to").asText())));
    }
    return sum;
  }

  private static String range(Instant from, Instant to) {
    return "from=" + text(from) + "&to=" + text(to);
  }

  private static String text(Instant instant) {
    return URLEncoder.encode(instant.toString(), StandardCharsets.UTF_8);
  }
}
