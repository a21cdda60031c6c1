package kg.sakchy.core.config;

import java.time.Duration;

/**
 * Pulling cameras over RTSP.
 *
 * @param connectTimeout for the TCP connection, and TLS
 * @param responseTimeout for each RTSP answer
 * @param stallTimeout without a media packet for this long, the stream counts as stalled and is
 *     connected anew
 * @param backoffMin first wait after a failure; the waits are drawn at random below a bound that
 *     doubles (full jitter)
 * @param backoffMax longest wait
 * @param eventLoops network threads; 0 for half the processors, at least one
 */
public record GatewayConfig(
    Duration connectTimeout,
    Duration responseTimeout,
    Duration stallTimeout,
    Duration backoffMin,
    Duration backoffMax,
    int eventLoops) {
  public static final GatewayConfig DEFAULTS =
      new GatewayConfig(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          0);

  public GatewayConfig {
    Duration least = Duration.ofMillis(50);
    Duration most = Duration.ofMinutes(5);
    ConfigChecks.between("gateway.connectTimeout", connectTimeout, least, most);
    ConfigChecks.between("gateway.responseTimeout", responseTimeout, least, most);
    ConfigChecks.between("gateway.stallTimeout", stallTimeout, least, most);
    ConfigChecks.between("gateway.backoffMin", backoffMin, Duration.ofMillis(10), backoffMax);
    ConfigChecks.between("gateway.backoffMax", backoffMax, backoffMin, Duration.ofHours(1));
    ConfigChecks.between("gateway.eventLoops", eventLoops, 0, 64);
  }
}
