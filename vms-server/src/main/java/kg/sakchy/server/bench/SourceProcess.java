package kg.sakchy.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams of a measurement come from: somebody else's RTSP server, or simulated cameras
 * in a process of their own ({@code vms sim}), so that what they cost is not counted.
 */
final class SourceProcess implements AutoCloseable {
  private final String address;
  private final @Nullable Process process;

  private SourceProcess(String address, @Nullable Process process) {
    this.address = address;
    this.process = process;
  }

  static SourceProcess start(IngestOptions options) throws IOException {
    if (!options.source().equals(IngestOptions.SIM)) {
      return new SourceProcess(options.source(), null);
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "kg.sakchy.server.cli.Vms",
                "sim",
                "--onvif-port",
                "0",
                "--cameras",
                Integer.toString(options.cameras()),
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("rtsp://")) {
        return new SourceProcess(line.strip(), process);
      }
    }
    process.destroyForcibly();
    throw new VmsException(ErrorKind.UNAVAILABLE, "the simulated cameras did not start");
  }

  /** RTSP address in which {@code {n}} stands for the number of a camera. */
  String address() {
    return address;
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(Duration.ofSeconds(5))) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
