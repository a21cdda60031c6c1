package kg.sakchy.ffmpeg;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;

/**
 * What the test scene costs: CPU of one live scene and of making a clip.
 *
 * <p>Run: {@code java -cp ... kg.sakchy.ffmpeg.SceneBenchmark}
 */
final class SceneBenchmark {
  public static void main(String[] args) {
    for (SceneOptions options :
        new SceneOptions[] {SceneOptions.live("Gate 1"), SceneOptions.camera("Gate 1")}) {
      run(options, 20);
      run(options, 60);
    }
  }

  private static void run(SceneOptions options, int seconds) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] bytes = new long[1];
    try (SceneEncoder encoder = new SceneEncoder(options, Instant.EPOCH)) {
      long cpu = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < seconds * options.framesPerSecond(); i++) {
        encoder.next(Instant.EPOCH, 0, unit -> bytes[0] += unit.data().length);
      }
      long nanos = threads.getCurrentThreadCpuTime() - cpu;
      System.out.printf(
          "%dx%d@%d: %.1f %% of a core live, %d kbit/s%n",
          options.width(),
          options.height(),
          options.framesPerSecond(),
          100.0 * nanos / Duration.ofSeconds(seconds).toNanos(),
          bytes[0] * 8 / seconds / 1000);
    }
  }
}
