package kg.sakchy.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.codec.ParameterSetPrefix;
import org.jspecify.annotations.Nullable;

/** One playback of a clip. Threads: confined to its loop. */
final class ClipPlayback implements SimMedia.Playback {
  private final List<ClipSample> samples;
  private final Duration length;
  private final double speed;
  private final SimMedia.Listener listener;
  private final ScheduledExecutorService loop;
  private final int[] clockRates;
  private final byte[][] prefixes;
  private long round;
  private int next;
  private long startNanos;
  private boolean closed;
  private @Nullable ScheduledFuture<?> timer;

  ClipPlayback(
      List<TrackFormat> formats,
      List<ClipSample> samples,
      Duration length,
      ClipOptions options,
      ScheduledExecutorService loop,
      SimMedia.Listener listener) {
    this.samples = samples;
    this.length = length;
    this.speed = options.speed();
    this.listener = listener;
    this.loop = loop;
    this.clockRates = formats.stream().mapToInt(TrackFormat::clockRate).toArray();
    List<byte[]> sets = new ArrayList<>();
    for (TrackFormat format : formats) {
      sets.add(options.parameterSetsInBand() ? ParameterSetPrefix.of(format) : new byte[0]);
    }
    this.prefixes = sets.toArray(byte[][]::new);
    long startAt = options.startAt().toNanos() % length.toNanos();
    while (next < samples.size() && samples.get(next).dueNanos() < startAt) {
      next++;
    }
  }

  /** The first sample is due now. */
  void start() {
    if (next == samples.size()) {
      next = 0;
      round = 1;
    }
    startNanos = System.nanoTime() - dueNanos();
    timer = loop.schedule(this::sendDue, 0, TimeUnit.NANOSECONDS);
  }

  /** When the next sample is due, from the beginning of the playback. */
  private long dueNanos() {
    return (long) ((round * length.toNanos() + samples.get(next).dueNanos()) / speed);
  }

  private void sendDue() {
    long now = System.nanoTime() - startNanos;
    while (!closed && dueNanos() <= now) {
      send(samples.get(next));
      if (++next == samples.size()) {
        next = 0;
        round++;
      }
    }
    if (!closed) {
      timer = loop.schedule(this::sendDue, dueNanos() - now, TimeUnit.NANOSECONDS);
    }
  }

  private void send(ClipSample sample) {
    int rate = clockRates[sample.track()];
    long pts = MediaTime.ticks(length.multipliedBy(round), rate) + sample.pts();
    byte[] prefix = prefixes[sample.track()];
    byte[] data = sample.data();
    if (sample.keyFrame() && prefix.length > 0) {
      byte[] both = new byte[prefix.length + data.length];
      System.arraycopy(prefix, 0, both, 0, prefix.length);
      System.arraycopy(data, 0, both, prefix.length, data.length);
      data = both;
    }
    listener.sample(sample.track(), Math.round(pts / speed), sample.keyFrame(), data);
  }

  @Override
  public void close() {
    closed = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
