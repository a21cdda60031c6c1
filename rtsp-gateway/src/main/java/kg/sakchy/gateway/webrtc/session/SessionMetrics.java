package kg.sakchy.gateway.webrtc.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.gateway.webrtc.ice.IceDrops;

/**
 * What WebRTC tells the monitoring: totals, nothing per session.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class SessionMetrics implements IceDrops {
  private final Map<Reason, Counter> drops = new EnumMap<>(Reason.class);
  private final Counter begun;
  private final Counter secured;
  private final Counter refused;
  private final Counter packets;
  private final Counter bytes;
  private final Counter repeated;
  private final Counter keyFrames;
  private final Counter skipped;
  private final Counter forged;

  /**
   * @param sessions how many there are
   */
  public SessionMetrics(MeterRegistry registry, AtomicInteger sessions) {
    Gauge.builder("sakchy.webrtc.sessions", sessions, AtomicInteger::doubleValue)
        .description("Sessions under way")
        .strongReference(true)
        .register(registry);
    for (Reason reason : Reason.values()) {
      drops.put(
          reason,
          Counter.builder("sakchy.webrtc.dropped.packets")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .description("Packets from the network thrown away without an answer")
              .register(registry));
    }
    begun = counter(registry, "sakchy.webrtc.sessions.begun", "Offers answered");
    secured = counter(registry, "sakchy.webrtc.sessions.secured", "Sessions whose player came");
    refused = counter(registry, "sakchy.webrtc.offers.refused", "Offers refused");
    packets = counter(registry, "sakchy.webrtc.sent.packets", "Packets sent to players");
    bytes =
        Counter.builder("sakchy.webrtc.sent")
            .baseUnit("bytes")
            .description("Bytes sent to players")
            .register(registry);
    repeated = counter(registry, "sakchy.webrtc.repeated.packets", "Packets players missed");
    keyFrames = counter(registry, "sakchy.webrtc.key.frame.requests", "Key frames players want");
    skipped = counter(registry, "sakchy.webrtc.skipped.units", "Units slow players were spared");
    forged = counter(registry, "sakchy.webrtc.forged.packets", "SRTCP that proved false or old");
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  @Override
  public void dropped(Reason reason) {
    Objects.requireNonNull(drops.get(reason)).increment();
  }

  public void begun() {
    begun.increment();
  }

  public void refused() {
    refused.increment();
  }

  void secured() {
    secured.increment();
  }

  void sent(int size) {
    packets.increment();
    bytes.increment(size);
  }

  void repeated(int count) {
    repeated.increment(count);
  }

  void keyFrameWanted() {
    keyFrames.increment();
  }

  void skipped(long units) {
    if (units > 0) {
      skipped.increment((double) units);
    }
  }

  void forged() {
    forged.increment();
  }
}
