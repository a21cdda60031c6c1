package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs whose output is bytes. */
final class Tools {
  private Tools() {}

  /** What the program wrote to its standard output; it must end well. */
  static byte[] run(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("tool", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", program).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      return output;
    } finally {
      process.destroyForcibly();
      Files.delete(errors);
    }
  }
}
