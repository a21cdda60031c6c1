package kg.sakchy.server.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ExternalTool;
import org.junit.jupiter.api.Assertions;

/**
 * The decoded pictures of a file as ffmpeg sees them, not as we do.
 *
 * @param hashes MD5 of each picture's samples, in the order of presentation
 * @param ticks presentation time of each, 90 kHz
 */
record Frames(List<String> hashes, List<Long> ticks) {
  static Frames of(Path file) throws IOException, InterruptedException {
    String output =
        ExternalTool.require("ffmpeg")
            .run(
                "-nostdin",
                "-v",
                "error",
                "-copyts",
                "-i",
                file.toString(),
                "-map",
                "0:v",
                "-fps_mode",
                "passthrough",
                "-enc_time_base",
                "1:90000",
                "-f",
                "framehash",
                "-hash",
                "md5",
                "-");
    List<String> hashes = new ArrayList<>();
    List<Long> ticks = new ArrayList<>();
    for (String line : output.lines().filter(line -> !line.startsWith("#")).toList()) {
      String[] fields = line.split(",", -1);
      ticks.add(Long.parseLong(fields[2].strip()));
      hashes.add(fields[5].strip());
    }
    return new Frames(hashes, ticks);
  }

  /**
   * The first of {@code sent} that is here, when all that follow are the same frames at the same
   * distances; fails otherwise.
   *
   * <p>The last two frames do not count: a file that ends within a group of pictures may lack the
   * B-frames before its last P-frame.
   */
  int assertContinues(Frames sent) {
    int count = size() - 2;
    int first = sent.hashes.indexOf(hashes.getFirst());
    Assertions.assertTrue(first >= 0, "the first frame is one the camera sent");
    for (int i = 0; i < count; i++) {
      Assertions.assertEquals(sent.hashes.get(first + i), hashes.get(i), "picture " + i);
      Assertions.assertEquals(
          sent.ticks.get(first + i) - sent.ticks.get(first),
          ticks.get(i) - ticks.getFirst(),
          "time of picture " + i);
    }
    return first;
  }

  int size() {
    return hashes.size();
  }
}
