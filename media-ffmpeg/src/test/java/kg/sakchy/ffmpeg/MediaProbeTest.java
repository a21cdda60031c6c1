package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaProbeTest {
  @TempDir Path directory;

  @Test
  void saysWhatAFileHolds() {
    MediaFile.resource("h264-bframes.mp4", directory);
    ProbeResult result = MediaProbe.probe(directory.resolve("h264-bframes.mp4"));
    assertThat(result.container()).contains("mp4");
    assertThat(result.duration()).isBetween(Duration.ofMillis(3_900), Duration.ofMillis(4_200));
    assertThat(result.bitsPerSecond()).isPositive();
    assertThat(result.tracks())
        .containsExactly(
            new ProbeResult.Video("h264", 320, 180, 25), new ProbeResult.Audio("aac", 16_000, 1));
  }

  @Test
  void whatIsNoMediaIsDataLoss() throws Exception {
    Path text = Files.writeString(directory.resolve("notes.mp4"), "nothing to see\n".repeat(100));
    assertFails(ErrorKind.DATA_LOSS, () -> MediaProbe.probe(text));
    Path empty = Files.createFile(directory.resolve("empty.mp4"));
    assertFails(ErrorKind.DATA_LOSS, () -> MediaProbe.probe(empty));
    assertFails(ErrorKind.NOT_FOUND, () -> MediaProbe.probe(directory.resolve("missing.mp4")));
  }

  @Test
  void aFileThatNamesOtherFilesIsNotFollowed() throws Exception {
    MediaFile.resource("h264-bframes.mp4", directory);
    Path script =
        Files.writeString(
            directory.resolve("script.mp4"), "ffconcat version 1.0\nfile h264-bframes.mp4\n");
    assertFails(ErrorKind.UNSUPPORTED, () -> MediaProbe.probe(script));
    Path playlist =
        Files.writeString(
            directory.resolve("list.m3u8"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nh264-bframes.mp4\n#EXT-X-ENDLIST\n");
    assertFails(ErrorKind.UNSUPPORTED, () -> MediaProbe.probe(playlist));
  }

  @Test
  void aSilentPeerIsGivenUpInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("rtsp://127.0.0.1:" + silent.getLocalPort() + "/stream");
      long begin = System.nanoTime();
      assertFails(ErrorKind.TIMEOUT, () -> MediaProbe.probe(uri, Duration.ofMillis(300)));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aClosedPortIsUnavailableAndThePasswordStaysSecret() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI uri = URI.create("rtsp://admin:s3cret@127.0.0.1:" + port + "/stream");
    assertThatThrownBy(() -> MediaProbe.probe(uri, Duration.ofSeconds(5)))
        .isInstanceOfSatisfying(
            VmsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
              assertThat(e.toLogLine()).doesNotContain("s3cret").contains("127.0.0.1");
            });
  }

  @Test
  void otherSchemesAreRefused() {
    for (String uri : new String[] {"file:///etc/passwd", "concat:a|b", "udp://127.0.0.1:1", "x"}) {
      assertFails(
          ErrorKind.INVALID_ARGUMENT,
          () -> MediaProbe.probe(URI.create(uri.replace("|", "%7C")), Duration.ofSeconds(1)));
    }
  }

  private static void assertFails(ErrorKind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
