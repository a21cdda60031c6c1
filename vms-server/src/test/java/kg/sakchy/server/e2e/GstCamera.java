package kg.sakchy.server.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import kg.sakchy.core.ExternalTool;

/** Cameras that are not ours: GStreamer's RTSP server, repeating one file. */
final class GstCamera implements AutoCloseable {
  private final Process process;
  private final URI first;

  private GstCamera(Process process, URI first) {
    this.process = process;
    this.first = first;
  }

  static GstCamera start(Path dir, Path clip, String codec) throws IOException {
    ExternalTool python =
        ExternalTool.requireWorking(
            "GStreamer's RTSP server for Python (python3-gi, gir1.2-gst-rtsp-server-1.0)",
            Path.of("/usr/bin/python3"),
            "-c",
            "import gi; gi.require_version('GstRtspServer', '1.0')");
    Path script = dir.resolve("gst-camera.py");
    try (var in = Objects.requireNonNull(GstCamera.class.getResourceAsStream("/gst-camera.py"))) {
      Files.write(script, in.readAllBytes());
    }
    Process process =
        new ProcessBuilder(python.path().toString(), script.toString(), clip.toString(), codec, "1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("GStreamer's RTSP server did not start");
    }
    return new GstCamera(process, URI.create(line.strip()));
  }

  URI uri() {
    return first;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
