package kg.sakchy.gateway.server.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.limit.ConnectionCount;

/**
 * What the RTSP server tells the monitoring; totals, nothing per client.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class ServerMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger readers;
  private final AtomicInteger playbacks;
  private final Counter cuts;
  private final Counter stuck;
  private final Counter dropped;

  /**
   * @param connections those that are open
   */
  public ServerMetrics(MeterRegistry registry, ConnectionCount connections) {
    this.registry = registry;
    Gauge.builder("sakchy.rtsp.connections", connections, ConnectionCount::open)
        .description("Connections of RTSP clients")
        .strongReference(true)
        .register(registry);
    readers = gauge("sakchy.rtsp.readers", "RTSP sessions that are sent live pictures");
    playbacks = gauge("sakchy.rtsp.playbacks", "RTSP sessions that are sent the archive");
    cuts = counter("sakchy.rtsp.cuts", "Slow readers cut to the next key frame");
    stuck = counter("sakchy.rtsp.stuck", "Readers closed because they did not read");
    dropped = counter("sakchy.rtsp.requests.malformed", "Connections closed for malformed input");
  }

  private AtomicInteger gauge(String name, String description) {
    AtomicInteger value = new AtomicInteger();
    Gauge.builder(name, value, AtomicInteger::doubleValue)
        .description(description)
        .strongReference(true)
        .register(registry);
    return value;
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** Live readers now. */
  public AtomicInteger readers() {
    return readers;
  }

  /** Sessions playing the archive now. */
  public AtomicInteger playbacks() {
    return playbacks;
  }

  /** A reader was slow and goes on with the next key frame. */
  public void cut() {
    cuts.increment();
  }

  /** A reader did not read at all and was closed. */
  public void stuck() {
    stuck.increment();
  }

  /** A connection was closed for what it sent. */
  public void malformed() {
    dropped.increment();
  }

  /**
   * A connection or request was turned away.
   *
   * @param reason one of few words: {@code connections}, {@code address}, {@code playbacks}, {@code
   *     access}, {@code ended} (a right, while something played)
   */
  public void refused(String reason) {
    Counter.builder("sakchy.rtsp.refused")
        .tag("reason", reason)
        .description("Connections and requests turned away, by reason")
        .register(registry)
        .increment();
  }
}
