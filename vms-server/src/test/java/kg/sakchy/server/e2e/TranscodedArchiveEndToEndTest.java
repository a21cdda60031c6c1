package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.ExternalTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A viewer without H.265 goes back to a moment that was recorded in H.265. */
class TranscodedArchiveEndToEndTest {
  private static final int SECONDS = 4;

  @TempDir Path dir;

  @Test
  void anH265RecordingPlaysAsH264() throws Exception {
    Path clip = TestClips.h265(dir, 40);
    try (GstCamera camera = GstCamera.start(dir, clip, "h265");
        ServerProcess server =
            ServerProcess.start(
                dir.resolve("data"),
                Map.of("VMS_RECORDING_SEGMENT", "3s", "VMS_LIVE_TRANSCODERS", "1"))) {
      server.register("gst", camera.uri());
      server.awaitStatus("gst", s -> s.at("/recording/segments").asInt() >= 3);
      Instant from =
          Instant.parse(
              server
                  .timeline("gst", Instant.now().minusSeconds(600), Instant.now())
                  .at("/recorded/0/from")
                  .asText());
      Watching watching = Watching.at(server, "gst", from.plusMillis(1_500));
      String begin = watching.begin.get(30, TimeUnit.SECONDS);
      assertThat(begin).contains("\"delivery\":\"transcoded\"").contains("avc1.");
      Path seen = dir.resolve("seen.mp4");
      Files.write(seen, watching.media.get(60, TimeUnit.SECONDS));

      assertThat(probed(seen)).isEqualTo("h264,320,240");
      assertThat(Frames.of(seen).size()).isGreaterThanOrEqualTo(SECONDS * 25);
      assertThat(Playback.complaints(seen)).isEmpty();
      assertThat(new String(server.bytes("/metrics"), java.nio.charset.StandardCharsets.UTF_8))
          .contains("sakchy_transcode_pictures_total");
    }
  }

  private static String probed(Path file) throws Exception {
    return ExternalTool.require("ffprobe")
        .run(
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            "stream=codec_name,width,height",
            "-of",
            "csv=p=0",
            file.toString())
        .strip();
  }

  /** A player that keeps what comes: the init segment, and a fragment for each part. */
  private static final class Watching implements WebSocket.Listener {
    private final CompletableFuture<String> begin = new CompletableFuture<>();
    private final CompletableFuture<byte[]> media = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int messages;

    /** A fragment comes for each part, of half a second at most; the first message is no media. */
    private static final int ENOUGH = 2 + 2 * SECONDS + 4;

    static Watching at(ServerProcess server, String camera, Instant moment) {
      URI address = server.uri("/api/v1/cameras/" + camera + "/media");
      Watching watching = new Watching();
      WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
      server
          .request(address)
          .build()
          .headers()
          .map()
          .forEach((name, values) -> builder.header(name, values.getFirst()));
      WebSocket socket =
          builder.buildAsync(URI.create(address.toString().replace("http", "ws")), watching).join();
      socket
          .sendText(
              "{\"type\":\"play\",\"sequence\":1,\"codecs\":[\"avc1.640033\"],\"at\":\"%s\"}"
                  .formatted(moment),
              true)
          .join();
      return watching;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        if (text.indexOf("\"begin\"") >= 0) {
          begin.complete(text.toString());
        } else if (text.indexOf("\"problem\"") >= 0) {
          begin.completeExceptionally(new AssertionError(text.toString()));
        }
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      messages += last ? 1 : 0;
      if (messages == ENOUGH) {
        media.complete(bytes.toByteArray());
        socket.abort();
      } else {
        socket.request(1);
      }
      return CompletableFuture.completedFuture(null);
    }
  }
}
