package kg.sakchy.ffmpeg;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.live.LiveTranscoder;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.VmsClock;

/**
 * Live streams coded anew by FFmpeg, so many at a time: H.264 by OpenH264, which the LGPL build
 * brings, and AAC.
 *
 * <p>Threads: safe for use by many threads; each stream has a platform thread of its own.
 */
public final class FfmpegLiveTranscoder implements LiveTranscoder, AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final VmsClock clock;
  private final TranscodeMetrics metrics;
  private final TranscoderSlots slots;
  private final Map<Key, Shared> shared = new HashMap<>(); // guarded by itself
  private boolean closed; // guarded by shared

  private record Key(StreamId stream, TranscodePlan plan) {}

  /** A job and how many watch it; guarded by {@link #shared}. */
  private static final class Shared {
    private final TranscodeJob job;
    private int viewers;

    Shared(TranscodeJob job) {
      this.job = job;
    }
  }

  /**
   * @param most streams at a time, recorded ones included; 0 to make none
   */
  public FfmpegLiveTranscoder(int most, VmsClock clock, MeterRegistry registry) {
    Ffmpeg.init();
    this.clock = clock;
    AtomicInteger running = new AtomicInteger();
    metrics = new TranscodeMetrics(registry, running);
    slots = new TranscoderSlots(most, running, metrics);
  }

  /** For recordings, within the same bound. */
  public ArchiveTranscoder archive() {
    return new FfmpegArchiveTranscoder(slots, metrics);
  }

  @Override
  public LiveViews.LiveView open(
      LiveViews.LiveView source, StreamFormat format, PlayableCodecs playable) {
    try {
      Key key = new Key(source.stream().id(), TranscodePlan.of(format, playable));
      synchronized (shared) {
        Shared known = shared.get(key);
        if (known != null) {
          known.viewers++;
          source.close(); // the job has a hold of its own
          return new View(known.job.stream(), () -> leave(key));
        }
        requireOpen();
        slots.take();
        TranscodeJob job = new TranscodeJob(source, key.plan(), clock, metrics);
        Shared begun = new Shared(job);
        begun.viewers = 1;
        shared.put(key, begun);
        job.start();
        return new View(job.stream(), () -> leave(key));
      }
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the server is stopping");
    }
  }

  private void leave(Key key) {
    synchronized (shared) {
      Shared left = shared.get(key);
      if (left != null && --left.viewers == 0) {
        shared.remove(key);
        slots.give();
        left.job.close();
      }
    }
  }

  /** Ends all streams. Idempotent. */
  @Override
  public void close() {
    List<TranscodeJob> jobs = new ArrayList<>();
    synchronized (shared) {
      closed = true;
      shared.values().forEach(each -> jobs.add(each.job));
      shared.clear();
    }
    for (TranscodeJob job : jobs) {
      job.close();
      slots.give();
    }
    try {
      for (TranscodeJob job : jobs) {
        job.join(CLOSE_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One viewer's hold. */
  private static final class View implements LiveViews.LiveView {
    private final LiveStream stream;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    View(LiveStream stream, Runnable onClose) {
      this.stream = stream;
      this.onClose = onClose;
    }

    @Override
    public LiveStream stream() {
      return stream;
    }

    @Override
    public LiveViews.Delivery delivery() {
      return LiveViews.Delivery.TRANSCODED;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        onClose.run();
      }
    }
  }
}
