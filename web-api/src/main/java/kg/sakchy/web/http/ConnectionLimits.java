package kg.sakchy.web.http;

import java.time.Duration;
import kg.sakchy.core.limit.TokenBucket;

/**
 * What clients may take of the web server before anybody knows who they are, and how often they may
 * ask.
 *
 * @param connections most in all; more are closed as they come
 * @param perAddress most of one address
 * @param perLocalAddress most of an address of this machine, where a proxy may stand for everybody
 * @param quiet how long a connection may be open without a request under way: what comes of one
 *     that is not whole does not count
 * @param ofAddress requests of one address
 * @param ofAccount requests of one account, media left out
 */
public record ConnectionLimits(
    int connections,
    int perAddress,
    int perLocalAddress,
    Duration quiet,
    TokenBucket.Rate ofAddress,
    TokenBucket.Rate ofAccount) {
  public static final ConnectionLimits DEFAULTS =
      new ConnectionLimits(
          4_000,
          512,
          4_000,
          Duration.ofSeconds(60),
          new TokenBucket.Rate(2_000, 6_000),
          new TokenBucket.Rate(50, 500));

  /** The same with another number in all. */
  public ConnectionLimits withConnections(int most) {
    return new ConnectionLimits(
        most, Math.min(perAddress, most), most, quiet, ofAddress, ofAccount);
  }
}
