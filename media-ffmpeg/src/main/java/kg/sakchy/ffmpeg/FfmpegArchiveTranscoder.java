package kg.sakchy.ffmpeg;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.TrackFormat;
import org.jspecify.annotations.Nullable;

/**
 * Recorded pictures coded anew by FFmpeg, within the bound that live ones have too.
 *
 * <p>Threads: safe for use by many threads; each coding has a platform thread of low priority, so
 * that a viewer's virtual thread never computes.
 */
final class FfmpegArchiveTranscoder implements ArchiveTranscoder {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TranscoderSlots slots;
  private final TranscodeMetrics metrics;

  FfmpegArchiveTranscoder(TranscoderSlots slots, TranscodeMetrics metrics) {
    this.slots = slots;
    this.metrics = metrics;
  }

  @Override
  public Coding open(TrackFormat.Video format) {
    slots.take();
    try {
      return new OneCoding(new PictureTranscoder(format));
    } catch (RuntimeException e) {
      slots.give();
      throw e;
    }
  }

  /** One viewer's. */
  private final class OneCoding implements Coding {
    private final PictureTranscoder pictures;
    private final ExecutorService thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private TrackFormat.@Nullable Video format; // confined to the thread
    private boolean keyWanted; // confined to the thread

    @SuppressWarnings("ThreadPriorityCheck") // a hint where the system heeds it; slots do the rest
    OneCoding(PictureTranscoder pictures) {
      this.pictures = pictures;
      thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform()
                  .name("transcode-archive")
                  .daemon()
                  .priority(Thread.MIN_PRIORITY)
                  .factory());
    }

    @Override
    public List<Coded> push(byte[] sample, long pts, boolean keyFrame, boolean keyWanted) {
      AccessUnit unit = new AccessUnit(0, pts, pts, keyFrame, sample, Instant.EPOCH, 0);
      return compute(() -> code(unit, keyWanted));
    }

    private List<Coded> code(AccessUnit unit, boolean wanted) {
      long before = THREADS.getCurrentThreadCpuTime();
      List<Coded> made = new ArrayList<>();
      keyWanted |= wanted;
      try {
        pictures.push(unit, true, keyWanted, new Made(made));
        keyWanted &= made.isEmpty(); // the decoder holds its first pictures back
        metrics.made(made.size());
        return made;
      } catch (VmsException e) {
        metrics.failed();
        throw e;
      } finally {
        metrics.cpu(THREADS.getCurrentThreadCpuTime() - before);
      }
    }

    private List<Coded> compute(Callable<List<Coded>> work) {
      try {
        return thread.submit(work).get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new VmsException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
      } catch (RejectedExecutionException e) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "the coding was ended", e);
      }
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        thread.execute(pictures::close); // behind what is still computed
        thread.shutdown();
        slots.give();
      }
    }

    /** Collects what is made. */
    private final class Made implements PictureTranscoder.Output {
      private final List<Coded> into;

      Made(List<Coded> into) {
        this.into = into;
      }

      @Override
      public void format(TrackFormat.Video now) {
        format = now;
      }

      @Override
      public void unit(AccessUnit unit) {
        TrackFormat.Video now = format;
        if (now != null) {
          into.add(new Coded(now, unit.pts(), unit.keyFrame(), unit.data()));
        }
      }
    }
  }
}
