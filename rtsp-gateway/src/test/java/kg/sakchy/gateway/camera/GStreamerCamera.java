package kg.sakchy.gateway.camera;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A camera of others: GStreamer's RTSP server, run by {@code gst_camera.py} in a process of its
 * own. The Python with GStreamer's bindings is looked for at {@code PYTHON3_BIN}, on the search
 * path and where Debian has it; without it the test is skipped, or fails with {@code
 * SAKCHY_REQUIRE_TOOLS=true}.
 */
public final class GStreamerCamera implements AutoCloseable {
  private static final String PROBE = "import gi; gi.require_version('GstRtspServer', '1.0')";

  private final Process process;
  private final int port;

  private GStreamerCamera(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param arguments codec, and optionally user and password
   */
  public static GStreamerCamera start(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python(), script(directory).toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    Assertions.assertNotNull(line, "the GStreamer camera did not start");
    return new GStreamerCamera(process, Integer.parseInt(line.strip()));
  }

  private static Path script(Path directory) throws IOException {
    Path script = directory.resolve("gst_camera.py");
    try (InputStream in = GStreamerCamera.class.getResourceAsStream("/gst_camera.py")) {
      Assertions.assertNotNull(in);
      Files.write(script, in.readAllBytes());
    }
    return script;
  }

  private static String python() throws InterruptedException {
    String named = System.getenv("PYTHON3_BIN");
    for (String candidate : List.of(named == null ? "python3" : named, "/usr/bin/python3")) {
      if (hasGStreamer(candidate)) {
        return candidate;
      }
    }
    String line = "needs a python3 with the bindings of GStreamer's RTSP server";
    Assertions.assertNotEquals("true", System.getenv("SAKCHY_REQUIRE_TOOLS"), line);
    return Assumptions.abort(line);
  }

  private static boolean hasGStreamer(String python) throws InterruptedException {
    try {
      return new ProcessBuilder(python, "-c", PROBE)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  public URI uri() {
    return URI.create("rtsp://127.0.0.1:" + port + "/cam");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
