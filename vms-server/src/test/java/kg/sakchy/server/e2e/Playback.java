package kg.sakchy.server.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kg.sakchy.core.ExternalTool;

/** What ffmpeg says of a file when it decodes all of it. */
final class Playback {
  private Playback() {}

  /** Its complaints: nothing, for a sound file. */
  static String complaints(Path file) throws IOException, InterruptedException {
    Path errors = file.resolveSibling(file.getFileName() + ".complaints");
    Process process =
        new ProcessBuilder(
                ExternalTool.require("ffmpeg").path().toString(),
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0:v",
                "-f",
                "null",
                "-")
            .redirectError(errors.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.waitFor();
    return (code == 0 ? "" : "exit code " + code + "\n") + Files.readString(errors);
  }
}
