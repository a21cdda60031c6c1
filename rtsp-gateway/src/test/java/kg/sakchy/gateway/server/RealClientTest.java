package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.SampleCertificate;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.ClipOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that nobody here wrote, with pictures that can be decoded. */
class RealClientTest {
  private static final int PICTURES = 60;
  @RegisterExtension final ServerExtension it = new ServerExtension();
  @TempDir Path directory;

  /** A camera that shows a clip in a loop. */
  private void camera(String clip) throws IOException {
    Path file = directory.resolve(clip);
    try (InputStream in = RealClientTest.class.getResourceAsStream("/clips/" + clip)) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    it.camera("gate", ClipMedia.open(file).options(ClipOptions.DEFAULTS));
  }

  @ParameterizedTest
  @CsvSource({"h264-bframes-aac, tcp", "h264-bframes-aac, udp", "h265, tcp", "h265, udp"})
  void ffmpegDecodesTheLivePicture(String clip, String transport) throws Exception {
    ExternalTool ffmpeg = ExternalTool.require("ffmpeg");
    camera("clip-" + clip + ".mp4");
    it.start();
    assertThat(decoded(ffmpeg, it.address("gate/main"), transport)).isEqualTo(PICTURES);
  }

  /** How many pictures ffmpeg decodes without a complaint. */
  private static long decoded(ExternalTool ffmpeg, String address, String transport)
      throws Exception {
    String hashes =
        ffmpeg.run(
            "-v",
            "error",
            "-xerror",
            "-rtsp_transport",
            transport,
            "-i",
            address,
            "-map",
            "0:v",
            "-frames:v",
            Integer.toString(PICTURES),
            "-f",
            "framemd5",
            "-");
    return hashes.lines().filter(line -> !line.startsWith("#")).count();
  }

  @Test
  void ffmpegDecodesWhatComesOverTls() throws Exception {
    ExternalTool ffmpeg = ExternalTool.require("ffmpeg");
    camera("clip-h264-bframes-aac.mp4");
    RtspServer server = it.start(ServerExtension.LIMITS, SampleCertificate.current("127.0.0.1"));
    String address = "rtsps://root:root@127.0.0.1:" + server.tlsPort() + "/gate/main";
    assertThat(decoded(ffmpeg, address, "tcp")).isEqualTo(PICTURES);
  }

  @Test
  void ffmpegShowsAToken() throws Exception {
    ExternalTool ffmpeg = ExternalTool.require("ffmpeg");
    camera("clip-h264-bframes-aac.mp4");
    it.start();
    String token = it.token(ServerExtension.VIEWER, "gate", true, null, Duration.ofMinutes(1));
    String address = it.plainAddress("gate/main") + "?token=" + token;
    assertThat(decoded(ffmpeg, address, "tcp")).isEqualTo(PICTURES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void gstreamerPlaysTheLivePicture(String transport) throws Exception {
    camera("clip-h264-bframes-aac.mp4");
    it.start();
    assertThat(gstreamer(it.address("gate/main"), transport)).hasSize(PICTURES);
  }

  /** Output of the client, one line for each picture. */
  private List<String> gstreamer(String... arguments) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    ExternalTool tool =
        ExternalTool.requireWorking(
            "GStreamer for Python with rtspsrc",
            python,
            "-c",
            "import gi; gi.require_version('Gst', '1.0'); from gi.repository import Gst;"
                + " Gst.init(None); assert Gst.ElementFactory.find('rtspsrc')");
    Path script = directory.resolve("gst_viewer.py");
    try (InputStream in = RealClientTest.class.getResourceAsStream("/gst_viewer.py")) {
      Files.write(script, Objects.requireNonNull(in).readAllBytes());
    }
    String[] all = new String[arguments.length + 1];
    all[0] = script.toString();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return tool.run(all).lines().toList();
  }
}
