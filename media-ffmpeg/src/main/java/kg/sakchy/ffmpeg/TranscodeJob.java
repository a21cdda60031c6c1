package kg.sakchy.ffmpeg;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream being coded anew, on a platform thread of its own with low priority. It never holds up
 * the camera: what it cannot take in time is left out before it is encoded, then before it is
 * decoded.
 *
 * <p>Threads: {@link #close} from any; the rest is confined to the job's thread.
 */
final class TranscodeJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TranscodeJob.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Older than this, a picture is only decoded, so that the next ones come in time. */
  private static final Duration LATE = Duration.ofMillis(400);

  private final LiveViews.LiveView source;
  private final TranscodePlan plan;
  private final VmsClock clock;
  private final TranscodeMetrics metrics;
  private final TranscodeInput input;
  private final TranscodedStream stream;
  private final LiveStream.Subscription subscription;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable StreamFormat sourceFormat;
  private @Nullable PictureTranscoder pictures;
  private @Nullable G711Transcoder sound;
  private boolean waitsForKeyFrame;
  private long cpuNanos;

  @SuppressWarnings("ThreadPriorityCheck") // a hint where the system heeds it; bounds do the rest
  TranscodeJob(
      LiveViews.LiveView source, TranscodePlan plan, VmsClock clock, TranscodeMetrics metrics) {
    this.source = source;
    this.plan = plan;
    this.clock = clock;
    this.metrics = metrics;
    input = new TranscodeInput(metrics::dropped);
    stream = new TranscodedStream(source.stream());
    thread =
        Thread.ofPlatform()
            .name("transcode-" + source.stream().id())
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .unstarted(this::run);
    subscription = source.stream().subscribe(input, LiveStream.Start.LAST_KEY_FRAME);
  }

  void start() {
    thread.start();
  }

  LiveStream stream() {
    return stream;
  }

  private void run() {
    try {
      while (!closed) {
        TranscodeInput.Event event = input.poll();
        if (event != null) {
          handle(event);
          countCpu();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() woke it
    } finally {
      free();
    }
  }

  private void countCpu() {
    long now = THREADS.getCurrentThreadCpuTime();
    metrics.cpu(now - cpuNanos);
    cpuNanos = now;
  }

  private void handle(TranscodeInput.Event event) {
    try {
      switch (event) {
        case TranscodeInput.Event.Format format -> begin(format.format());
        case TranscodeInput.Event.Unit unit -> unit(unit.unit());
        case TranscodeInput.Event.Loss loss ->
            stream.tell(false, listener -> listener.onLoss(loss.loss()));
        case TranscodeInput.Event.Report report ->
            stream.tell(false, listener -> listener.onSenderReport(report.report()));
        case TranscodeInput.Event.Interrupted interrupted -> {
          free();
          sourceFormat = null;
          stream.interrupt();
          stream.tell(true, listener -> listener.onInterrupted(interrupted.interruption()));
        }
      }
    } catch (VmsException e) {
      metrics.failed();
      waitsForKeyFrame = true;
      LOG.atDebug().addKeyValue("stream", stream.id()).setCause(e).log("a unit was left out");
    }
  }

  private void begin(StreamFormat format) {
    free();
    sourceFormat = format;
    waitsForKeyFrame = true;
    stream.interrupt();
    if (plan.sound()) {
      sound =
          format
              .audio()
              .filter(audio -> TranscodePlan.isTelephone(audio.codec()))
              .map(G711Transcoder::new)
              .orElse(null);
    }
    if (plan.pictures()) {
      pictures = new PictureTranscoder(format.video()); // the format is told with the first one
    } else {
      stream.begin(made(format, format.video()));
    }
  }

  /** The source's format with what is coded anew in its place. */
  private StreamFormat made(StreamFormat format, TrackFormat.Video video) {
    List<TrackFormat> tracks = new ArrayList<>(format.tracks());
    tracks.set(format.videoTrack(), video);
    G711Transcoder to = sound;
    if (to != null) {
      format.audio().ifPresent(audio -> tracks.set(tracks.indexOf(audio), to.format()));
    }
    return new StreamFormat(tracks);
  }

  private void unit(AccessUnit unit) {
    StreamFormat format = sourceFormat;
    if (format == null) {
      return;
    }
    if (unit.track() == format.videoTrack()) {
      picture(unit, format);
    } else if (sound != null && format.tracks().get(unit.track()) instanceof TrackFormat.Audio) {
      sound.push(
          unit.pts(),
          unit.data(),
          (pts, duration, aac) ->
              stream.unit(
                  new AccessUnit(
                      unit.track(), pts, pts, true, aac, unit.arrival(), unit.arrivalNanos())));
    } else {
      stream.unit(unit);
    }
  }

  private void picture(AccessUnit unit, StreamFormat format) {
    PictureTranscoder to = pictures;
    if (to == null) {
      stream.unit(unit);
      return;
    }
    if (waitsForKeyFrame && !unit.keyFrame()) {
      return;
    }
    waitsForKeyFrame = false;
    boolean late =
        stream.format() != null && clock.nanoTime() - unit.arrivalNanos() > LATE.toNanos();
    if (late) {
      metrics.dropped();
    }
    boolean keyFrame = !late && stream.takeKeyFrameWanted();
    int made = to.push(unit, !late, keyFrame, new Made(format));
    metrics.made(made);
    if (keyFrame && made == 0) {
      stream.requestKeyFrame(); // the decoder holds its first pictures back
    }
  }

  /** Hands on what was made. */
  private final class Made implements PictureTranscoder.Output {
    private final StreamFormat source;

    Made(StreamFormat source) {
      this.source = source;
    }

    @Override
    public void format(TrackFormat.Video format) {
      stream.begin(made(source, format));
    }

    @Override
    public void unit(AccessUnit unit) {
      stream.unit(unit);
    }
  }

  private void free() {
    if (pictures != null) {
      pictures.close();
      pictures = null;
    }
    if (sound != null) {
      sound.close();
      sound = null;
    }
  }

  /** Ends it and lets go of the source; a picture under way is finished. */
  @Override
  public void close() {
    closed = true;
    subscription.close();
    thread.interrupt();
    source.close();
  }

  /** Waits for its thread. */
  void join(Duration patience) throws InterruptedException {
    thread.join(patience);
  }
}
