package kg.sakchy.gateway.hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.StreamStatus;

/**
 * What the gateway tells the monitoring: totals and states, nothing per camera (that is the status
 * API's work), so that ten thousand cameras do not make ten thousand time series.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class GatewayMetrics {
  private final MeterRegistry registry;
  private final Counter packets;
  private final Counter bytes;
  private final Counter lost;
  private final Counter reconnects;
  private final Counter silentTracks;
  private final Counter detached;
  private final Map<GapCause, Counter> interruptions = new EnumMap<>(GapCause.class);

  public GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    packets = counter("sakchy.gateway.rtp.packets", "RTP packets received");
    bytes =
        Counter.builder("sakchy.gateway.rtp.bytes")
            .baseUnit("bytes")
            .description("RTP bytes received")
            .register(registry);
    lost = counter("sakchy.gateway.rtp.lost", "RTP packets lost on the way");
    reconnects = counter("sakchy.gateway.reconnects", "Connections to cameras made anew");
    silentTracks =
        counter("sakchy.gateway.silent.tracks", "Sound tracks offered by cameras but never sent");
    detached =
        counter("sakchy.gateway.listeners.detached", "Listeners cut off because they failed");
    for (GapCause cause : GapCause.values()) {
      interruptions.put(
          cause,
          Counter.builder("sakchy.gateway.interruptions")
              .tag("cause", cause.code())
              .description("Interrupted streams and failed attempts, by cause")
              .register(registry));
    }
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** Shows how many streams are in each state. */
  public <T> void streams(T streams, CountOfState<T> count) {
    for (StreamStatus.State state : StreamStatus.State.values()) {
      ToDoubleFunction<T> function = all -> count.apply(all, state);
      Gauge.builder("sakchy.gateway.streams", streams, function)
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .description("Streams being pulled, by state")
          .strongReference(true)
          .register(registry);
    }
  }

  /** Shows how much is kept for viewers who have not come yet. */
  public void groups(GroupMemory groups) {
    Gauge.builder("sakchy.gateway.group.bytes", groups, memory -> (double) memory.used())
        .baseUnit("bytes")
        .description("Pictures since the last key frames, kept for new viewers")
        .strongReference(true)
        .register(registry);
  }

  /** Counts streams of one state. */
  @FunctionalInterface
  public interface CountOfState<T> {
    double apply(T streams, StreamStatus.State state);
  }

  /** Adds what a stream received since it last said so. */
  void received(long newPackets, long newBytes, long newLost) {
    packets.increment((double) newPackets);
    bytes.increment((double) newBytes);
    lost.increment((double) newLost);
  }

  public void reconnected() {
    reconnects.increment();
  }

  public void silentTrack() {
    silentTracks.increment();
  }

  public void listenerDetached() {
    detached.increment();
  }

  public void interrupted(GapCause cause) {
    Counter counter = interruptions.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
