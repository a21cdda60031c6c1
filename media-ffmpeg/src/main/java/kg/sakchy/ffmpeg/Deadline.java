package kg.sakchy.ffmpeg;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends FFmpeg's blocking calls of one context when a time is over. It must live longer than the
 * context.
 */
final class Deadline implements AutoCloseable {
  /** One for all: JavaCPP has few native entry points for callbacks. The opaque pointer differs. */
  private static final Check CHECK = new Check();

  private final LongPointer endNanos = new LongPointer(1);

  Deadline(Duration timeout) {
    endNanos.put(System.nanoTime() + timeout.toNanos());
  }

  void watch(AVFormatContext context) {
    context.interrupt_callback().callback(CHECK).opaque(endNanos);
  }

  boolean isOver() {
    return isOver(endNanos);
  }

  private static boolean isOver(LongPointer endNanos) {
    return System.nanoTime() - endNanos.get() > 0;
  }

  @Override
  public void close() {
    endNanos.close();
  }

  /** FFmpeg asks it again and again while it waits; 1 means to give up. */
  private static final class Check extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer endNanos) {
      return isOver(new LongPointer(endNanos)) ? 1 : 0;
    }
  }
}
