package kg.sakchy.gateway.hub;

import java.time.Instant;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamStatus;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a stream does and publishes it as one consistent {@link StreamStatus}: at once when
 * the state changes, else with each tick.
 *
 * <p>Threads: {@link #status()} from any thread, the rest on the stream's event loop.
 */
public final class StreamAccounting {
  private static final long SAMPLE_NANOS = 1_000_000_000L;

  private final RateWindow bytesRate = new RateWindow();
  private final RateWindow framesRate = new RateWindow();
  private StreamStatus.State state = StreamStatus.State.CONNECTING;
  private Instant since;
  private @Nullable Instant lastFrameAt;
  private long packets;
  private long bytes;
  private long frames;
  private long lost;
  private long reconnects;
  private @Nullable Interruption lastError;
  private @Nullable StreamFormat format;
  private final GatewayMetrics metrics;
  private long reportedPackets;
  private long reportedBytes;
  private long reportedLost;
  private long sampledAt;
  private boolean sampled;
  private volatile StreamStatus published;

  public StreamAccounting(Instant now, GatewayMetrics metrics) {
    this.metrics = metrics;
    since = now;
    published = snapshot();
  }

  /** How the stream is doing; any thread. */
  public StreamStatus status() {
    return published;
  }

  public StreamStatus.State state() {
    return state;
  }

  /** Changes the state; the same state again changes nothing. */
  public void state(StreamStatus.State newState, Instant now) {
    if (newState != state) {
      state = newState;
      since = now;
      if (newState == StreamStatus.State.BACKING_OFF || newState == StreamStatus.State.CLOSED) {
        bytesRate.reset();
        framesRate.reset();
        sampled = false;
      }
      publish();
    }
  }

  /** Counts one RTP packet of {@code size} bytes. */
  public void packet(int size) {
    packets++;
    bytes += size;
  }

  public void lost(long count) {
    lost += count;
  }

  /** Counts one video unit. */
  public void frame(Instant arrival) {
    frames++;
    lastFrameAt = arrival;
  }

  public void reconnect() {
    reconnects++;
  }

  public void format(@Nullable StreamFormat newFormat) {
    format = newFormat;
    publish();
  }

  public void interrupted(Interruption interruption) {
    lastError = interruption;
    format = null;
    publish();
  }

  /** Samples the rates, at most once a second, and publishes. */
  public void tick(long nowNanos) {
    if (!sampled || nowNanos - sampledAt >= SAMPLE_NANOS) {
      sampled = true;
      sampledAt = nowNanos;
      bytesRate.sample(nowNanos, bytes);
      framesRate.sample(nowNanos, frames);
    }
    metrics.received(packets - reportedPackets, bytes - reportedBytes, lost - reportedLost);
    reportedPackets = packets;
    reportedBytes = bytes;
    reportedLost = lost;
    publish();
  }

  private void publish() {
    published = snapshot();
  }

  private StreamStatus snapshot() {
    return new StreamStatus(
        state,
        since,
        lastFrameAt,
        Math.round(bytesRate.perSecond() * Byte.SIZE),
        framesRate.perSecond(),
        packets,
        lost,
        reconnects,
        lastError,
        format);
  }
}
