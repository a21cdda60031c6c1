package kg.sakchy.core;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of others that a test uses as peer or judge: ffprobe, ffmpeg, GStreamer, MinIO.
 *
 * <p>Without it the test is skipped with one line; with {@code SAKCHY_REQUIRE_TOOLS=true} it fails
 * instead.
 */
public final class ExternalTool {
  private final Path program;

  private ExternalTool(Path program) {
    this.program = program;
  }

  /**
   * Looks for a program at the path in the variable {@code <NAME>_BIN}, then on the search path.
   */
  public static ExternalTool require(String name) {
    Optional<Path> found = find(name);
    if (found.isEmpty()) {
      miss("needs " + name + ", which is not on the path");
    }
    return new ExternalTool(found.orElseThrow());
  }

  /**
   * A program at a fixed place that must also do something: Debian's Python with the bindings a
   * test needs.
   */
  public static ExternalTool requireWorking(String what, Path program, String... probe) {
    ExternalTool tool = new ExternalTool(program);
    if (!Files.isExecutable(program) || !tool.succeeds(probe)) {
      miss("needs " + what);
    }
    return tool;
  }

  private static void miss(String line) {
    Assertions.assertNotEquals("true", System.getenv("SAKCHY_REQUIRE_TOOLS"), line);
    Assumptions.abort(line);
  }

  private boolean succeeds(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<Path> find(String name) {
    List<Path> candidates = new ArrayList<>();
    String named =
        System.getenv(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_') + "_BIN");
    if (named != null) {
      candidates.add(Path.of(named));
    }
    String path = System.getenv("PATH");
    for (String directory : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      candidates.add(Path.of(directory, name));
    }
    return candidates.stream().filter(Files::isExecutable).findFirst();
  }

  public Path path() {
    return program;
  }

  /**
   * Runs it to its end and returns its standard output; fails the test when it fails or takes
   * longer than a minute.
   */
  public String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("tool", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    Thread watchdog =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(Duration.ofMinutes(1))) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    watchdog.interrupt();
    String said = Files.readString(errors);
    Files.delete(errors);
    Assertions.assertEquals(0, code, () -> String.join(" ", command) + "\n" + said);
    return output;
  }
}
