package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import kg.sakchy.core.MinioServer;
import kg.sakchy.core.config.ObjectStoreConfig;
import kg.sakchy.storage.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The set-up of {@code configs/samples/postgresql-minio.yaml}, with a real MinIO that also goes
 * away.
 */
class ObjectStorageEndToEndTest {
  @TempDir Path dir;

  @Test
  void nothingIsLostWhileMinioIsAway() throws Exception {
    Path clip = TestClips.h264(dir, 90);
    try (GstCamera camera = GstCamera.start(dir, clip, "h264");
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(dir.resolve("db"), dir.resolve("db-binaries"), 10);
        MinioServer minio = MinioServer.start(Files.createDirectory(dir.resolve("minio")));
        ServerProcess server =
            ServerProcess.start(dir.resolve("data"), settings(postgres, minio))) {
      Instant began = Instant.now();
      server.register("gst", camera.uri());
      server.awaitStatus("gst", s -> s.at("/recording/segments").asInt() >= 2);
      awaitEmptySpool(server);

      minio.stop();
      int before = server.status("gst").at("/recording/segments").asInt();
      server.awaitStatus("gst", s -> s.at("/recording/segments").asInt() >= before + 3);
      server.await("/readyz", r -> !r.get("ready").asBoolean());
      minio.start();

      server.await("/readyz", r -> r.get("ready").asBoolean());
      awaitEmptySpool(server);
      Path video = server.video("gst", began, Instant.now(), dir.resolve("video.mp4"));
      Frames.of(video).assertContinues(Frames.of(clip));
      assertThat(server.timeline("gst", began, Instant.now()).get("recorded")).hasSize(1);
    }
  }

  /** Until no sealed segment waits: what remains is the open one. */
  private static void awaitEmptySpool(ServerProcess server) {
    server.await(
        "/api/v1/system", (JsonNode system) -> system.get("spoolBytes").asLong() < 400_000);
  }

  private static Map<String, String> settings(EmbeddedPostgres postgres, MinioServer minio) {
    Map<String, String> settings = new HashMap<>();
    settings.put("VMS_RECORDING_SEGMENT", "2s");
    settings.put("VMS_DATABASE_URL", postgres.url());
    settings.put("VMS_DATABASE_USER", postgres.user());
    settings.put("VMS_DATABASE_PASSWORD", "env:TEST_DB_PASSWORD");
    settings.put("TEST_DB_PASSWORD", postgres.password().value());
    settings.put("VMS_OBJECTSTORE_TYPE", "s3");
    ObjectStoreConfig.S3Config bucket = minio.bucket("sakchy");
    settings.put("VMS_OBJECTSTORE_S3_ENDPOINT", bucket.endpoint());
    settings.put("VMS_OBJECTSTORE_S3_CREATEBUCKET", "true");
    settings.put("VMS_OBJECTSTORE_S3_ACCESSKEY", bucket.accessKey());
    settings.put("VMS_OBJECTSTORE_S3_SECRETKEY", "env:TEST_S3_SECRET");
    settings.put("TEST_S3_SECRET", bucket.secretKey().value());
    return settings;
  }
}
