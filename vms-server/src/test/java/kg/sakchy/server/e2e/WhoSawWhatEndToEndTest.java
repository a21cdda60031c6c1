package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.config.NotificationConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.server.VmsServer;
import kg.sakchy.server.config.ConfigLoader;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimStream;
import kg.sakchy.storage.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A story, told to a real server in its own language: an administrator makes a region, a school, a
 * camera and three people. Who has no business there sees nothing by any protocol; who has, watches
 * live and recorded; the auditor finds exactly that, looks at the same, and can prove it.
 */
class WhoSawWhatEndToEndTest {
  private static final String CAMERA = "yard";
  private static final String PATH = "/api/v1/cameras/" + CAMERA;
  private static final String CODECS = "\"codecs\":[\"avc1.640033\",\"mp4a.40.2\"]";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path settings;

  @BeforeEach
  void configure() throws IOException {
    settings =
        Files.writeString(
            directory.resolve("vms.yaml"),
            "dataDir: " + directory.resolve("data") + "\nrecording:\n  segment: 3s\n");
  }

  private VmsConfig config() {
    VmsConfig base = new ConfigLoader(Map.of()).load(settings);
    return new VmsConfig(
            base.dataDir(),
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
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void whoMaySeesWhoMayNotDoesNotAndAllOfItIsProven() throws Exception {
    long record;
    ClipMedia clip = ClipMedia.open(TestClips.h264(directory, 20));
    try (SimServer pictures = SimServer.start(SimOptions.DEFAULTS);
        OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
        VmsServer server = VmsServer.start(config(), VmsClock.system());
        HttpClient client = HttpClient.newHttpClient()) {
      SimDevice device =
          sim.addDevice(
              SimDeviceProfile.of("yard", SimStream.of("main", pictures.addCamera("yard", clip)))
                  .withLogin(SimLogin.of("admin", "secret")));
      URI rtsp = server.rtspAddress().orElseThrow();
      Visitor administrator = administrator(server, client);
      long north = unit(administrator, 1, "region", "North");
      long south = unit(administrator, 1, "region", "South");
      long school = unit(administrator, north, "site", "School 5");
      register(administrator, device.uri(), school);
      Visitor keeper = person(administrator, "aida", "operator", north);
      Visitor stranger = person(administrator, "bakyt", "operator", south);
      Visitor auditor = person(administrator, "cholpon", "auditor", 1);

      Instant recorded = awaitRecorded(keeper);
      keeper.await(
          "/api/v1/events?camera=" + CAMERA,
          page -> {
            device.events().motion(true); // until somebody listens
            return !page.path("items").isEmpty();
          });

      ProofCheck.Note before = checkpoint(auditor);
      List<String> refused = tryEverything(stranger, rtsp, recorded);
      watchEverything(keeper, rtsp, recorded);
      JsonNode seen = audited(auditor, refused);
      lookAgain(auditor, seen);
      prove(auditor, before, seen.path("number").asLong());
      record = seen.path("number").asLong();
    }
    Said proven = vms("audit", "verify", "--config", settings.toString());
    assertThat(proven.words()).contains("nothing is wrong");
    assertThat(proven.code()).isZero();
    changeByHand(record);
    Said found = vms("audit", "verify", "--config", settings.toString());
    assertThat(found.words()).contains("record " + record + " was changed");
    assertThat(found.code()).isEqualTo(74);
  }

  private static Visitor administrator(VmsServer server, HttpClient client) throws Exception {
    CompletableFuture<String> announced = new CompletableFuture<>();
    server.entry().announceFirstAdministrator(announced::complete);
    return Visitor.first(client, server.address(), "admin", announced.get(2, TimeUnit.MINUTES));
  }

  private static long unit(Visitor by, long above, String kind, String name) {
    ObjectNode unit = JSON.createObjectNode().put("kind", kind).put("name", name);
    if (kind.equals("site")) {
      unit.put("siteClass", "school");
    }
    return by.send("POST", "/api/v1/units/" + above + "/units", unit).path("id").asLong();
  }

  private static void register(Visitor by, URI device, long school) {
    by.send(
        "POST",
        "/api/v1/registrations",
        JSON.createObjectNode()
            .put("address", device.toString())
            .put("user", "admin")
            .put("password", "secret")
            .put("id", CAMERA)
            .put("name", "Yard")
            .put("unit", school));
  }

  private static Visitor person(Visitor by, String name, String role, long unit) {
    JsonNode made =
        by.send(
            "POST",
            "/api/v1/accounts",
            JSON.createObjectNode().put("id", name).put("displayName", name));
    by.send(
        "POST",
        "/api/v1/units/" + unit + "/assignments",
        JSON.createObjectNode().put("account", name).put("role", role));
    return Visitor.first(by.client(), by.server(), name, made.path("oneTimePassword").asText());
  }

  /** A moment from which on some seconds are recorded. */
  private static Instant awaitRecorded(Visitor keeper) {
    Instant from = Instant.now();
    JsonNode timeline =
        keeper.await(
            PATH + "/timeline?from=" + from + "&to=" + from.plusSeconds(600),
            line ->
                line.path("recorded").size() > 0
                    && Duration.between(
                                Instant.parse(line.at("/recorded/0/from").asText()),
                                Instant.parse(line.at("/recorded/0/to").asText()))
                            .compareTo(Duration.ofSeconds(8))
                        > 0);
    return Instant.parse(timeline.at("/recorded/0/from").asText());
  }

  /** Asks for everything by every protocol, twice; what of it stands in the audit. */
  private List<String> tryEverything(Visitor stranger, URI rtsp, Instant recorded)
      throws Exception {
    String range = "?from=" + recorded + "&to=" + recorded.plusSeconds(4);
    Map<String, String> addresses =
        Map.of(
            "getCamera", PATH,
            "getCameraStatus", PATH + "/status",
            "getTimeline", PATH + "/timeline" + range,
            "getSnapshot", PATH + "/snapshot.jpg",
            "getVideo", PATH + "/video.mp4" + range,
            "getHlsMaster", PATH + "/hls/master.m3u8",
            "getHlsMain", PATH + "/hls/main.m3u8",
            "getPtz", PATH + "/ptz");
    for (int i = 0; i < 2; i++) {
      addresses.forEach(
          (operation, path) -> assertThat(stranger.status(path)).as(operation).isEqualTo(404));
      assertThat(stranger.socketStatus(CAMERA)).isEqualTo(404);
      assertThat(stranger.offer(CAMERA)).isEqualTo(404);
      assertThat(stranger.watchRtsp(rtsp, CAMERA, directory)).contains("404");
    }
    assertThat(stranger.get("/api/v1/cameras").path("items")).isEmpty();
    assertThat(stranger.get("/api/v1/events").path("items")).isEmpty();
    assertThat(stranger.status("/api/v1/audit")).isEqualTo(403);
    List<String> refused = new ArrayList<>(addresses.keySet());
    refused.addAll(List.of("watchCamera", "startWhep", "rtsp DESCRIBE"));
    return refused;
  }

  private void watchEverything(Visitor keeper, URI rtsp, Instant recorded) throws Exception {
    assertThat(keeper.get("/api/v1/cameras").toString()).contains("\"yard\"");
    keeper.watch(CAMERA, "{\"type\":\"play\",\"sequence\":1," + CODECS + "}", 25);
    keeper.watch(
        CAMERA,
        "{\"type\":\"play\",\"sequence\":1,\"at\":\"%s\",%s}"
            .formatted(recorded.plusSeconds(1), CODECS),
        2);
    assertThat(keeper.watchRtsp(rtsp, CAMERA, directory)).isEmpty();
  }

  /** What the auditor finds of the camera; the record of what was seen of the archive. */
  private static JsonNode audited(Visitor auditor, List<String> refused) {
    String ofCamera = "/api/v1/audit?limit=1000&object=camera%20" + CAMERA;
    List<String> wanted =
        List.of(
            "aida view_live websocket begin",
            "aida view_live websocket end",
            "aida view_archive websocket begin",
            "aida view_archive websocket end",
            "aida view_live rtsp begin",
            "aida view_live rtsp end");
    JsonNode page =
        auditor.await(
            ofCamera,
            found ->
                lines(found, "aida").containsAll(wanted)
                    && lines(found, "bakyt").size() >= refused.size());
    assertThat(lines(page, "aida")).as("he who may").containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(lines(page, "bakyt"))
        .as("he who may not: each thing he tried")
        .containsExactlyInAnyOrderElementsOf(
            refused.stream().map(each -> "bakyt access " + each).toList());
    assertThat(page.path("items").findValuesAsText("actor").stream().filter("bakyt"::equals))
        .as("and each thing once, however often he tried")
        .hasSameSizeAs(refused);
    assertThat(lines(page, "cholpon")).isEmpty();
    assertThat(auditor.get("/api/v1/audit?action=read_audit").path("items").toString())
        .as("and who reads is recorded, too")
        .contains("cholpon");
    for (JsonNode item : page.path("items")) {
      if (line(item).equals("aida view_archive websocket end")) {
        return item;
      }
    }
    throw new AssertionError(page.toPrettyString());
  }

  private static Set<String> lines(JsonNode page, String actor) {
    Set<String> lines = new TreeSet<>(); // a player may come twice, a viewer may go on live
    for (JsonNode item : page.path("items")) {
      if (item.path("actor").asText().equals(actor)) {
        lines.add(line(item));
      }
    }
    return lines;
  }

  private static String line(JsonNode item) {
    JsonNode details = item.path("details");
    String what =
        details.has("wanted")
            ? details.path("wanted").asText()
            : details.path("way").asText() + " " + details.path("phase").asText();
    return item.path("actor").asText() + " " + item.path("action").asText() + " " + what;
  }

  /** The auditor is shown the same stretch, and that is recorded. */
  private static void lookAgain(Visitor auditor, JsonNode seen) {
    JsonNode replay = seen.path("replay").path(0);
    assertThat(seen.at("/details/ranges").asText())
        .isEqualTo(replay.path("from").asText() + "/" + replay.path("to").asText());
    String playlist = replay.path("playlist").asText();
    auditor.awaitFound(playlist); // what was recorded just now is not cut yet
    String file =
        auditor
            .text(playlist)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElseThrow();
    assertThat(
            auditor.status(URI.create("http://x" + playlist).resolve(file).toString().substring(8)))
        .isEqualTo(200);
    auditor.await(
        "/api/v1/audit?actor=cholpon&action=view_archive&object=camera%20" + CAMERA,
        page -> !page.path("items").isEmpty());
  }

  private static ProofCheck.Note checkpoint(Visitor auditor) {
    return ProofCheck.Note.of(auditor.text("/api/v1/audit/checkpoint"));
  }

  /** What the auditor kept before is the beginning of the log, and the record is in it. */
  private static void prove(Visitor auditor, ProofCheck.Note before, long record) {
    ProofCheck.Note now = checkpoint(auditor);
    assertThat(now.size()).isGreaterThan(before.size());
    String proofs = "/api/v1/audit/proofs/";
    assertThat(
            ProofCheck.isBeginning(
                before,
                now,
                hashes(
                    auditor,
                    proofs + "consistency?older=" + before.size() + "&newer=" + now.size())))
        .isTrue();
    String exported =
        auditor
            .text("/api/v1/audit/export?after=" + (record - 1))
            .lines()
            .filter(line -> line.startsWith("{\"hash\":"))
            .findFirst()
            .orElseThrow();
    List<String> path =
        hashes(auditor, proofs + "inclusion?record=" + record + "&size=" + now.size());
    assertThat(ProofCheck.rootOf(ProofCheck.leaf(exported), record - 1, now.size(), path))
        .isEqualTo(now.root());
    String forged = exported.replace("aida", "bida");
    assertThat(ProofCheck.rootOf(ProofCheck.leaf(forged), record - 1, now.size(), path))
        .isNotEqualTo(now.root());
  }

  private static List<String> hashes(Visitor auditor, String path) {
    List<String> hashes = new ArrayList<>();
    auditor.get(path).path("hashes").forEach(hash -> hashes.add(hash.asText()));
    return hashes;
  }

  private void changeByHand(long record) throws Exception {
    Path cluster = directory.resolve("data").resolve("db");
    try (EmbeddedPostgres database = EmbeddedPostgres.start(cluster, cluster, 3);
        Connection connection =
            DriverManager.getConnection(
                database.url(), database.user(), database.password().value());
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "update audit_records set actor = 'bida' where number = " + record))
          .isEqualTo(1);
    }
  }

  /** What the program says. */
  private record Said(int code, String words) {}

  private static Said vms(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "kg.sakchy.server.cli.Vms"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), words);
  }
}
