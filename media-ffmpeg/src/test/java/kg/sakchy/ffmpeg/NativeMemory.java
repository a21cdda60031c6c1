package kg.sakchy.ffmpeg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The resident memory of this process, which native leaks show in. */
final class NativeMemory {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4_096;
  private static final int BATCHES = 4;

  private NativeMemory() {}

  /**
   * How much the process keeps growing while {@code action} runs {@code rounds} times, after {@code
   * warmUp} rounds. Measured in batches, of which the one that grew least counts for all: a leak
   * grows in every batch, the JVM's own heap and compiled code in some. Skips the test where
   * Linux's figure is missing.
   */
  static long growthBytes(int warmUp, int rounds, Runnable action) {
    Assumptions.assumeTrue(Files.exists(STATM), "no /proc/self/statm: skipped");
    run(warmUp, action);
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES; batch++) {
      long before = residentBytes();
      run(rounds / BATCHES, action);
      least = Math.min(least, residentBytes() - before);
    }
    return least * BATCHES;
  }

  private static void run(int rounds, Runnable action) {
    for (int i = 0; i < rounds; i++) {
      action.run();
    }
  }

  static long residentBytes() {
    System.gc();
    try {
      return Long.parseLong(Files.readString(STATM).split(" ", 3)[1]) * PAGE_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
