package kg.sakchy.web.http;

import java.time.Duration;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.limit.AddressKey;
import kg.sakchy.core.limit.TokenBuckets;
import kg.sakchy.core.time.VmsClock;

/**
 * How often one address and one account may ask.
 *
 * <p>Threads: safe for use by many threads; does not block.
 */
final class RequestRates {
  private final TokenBuckets addresses;
  private final TokenBuckets accounts;

  RequestRates(ConnectionLimits limits, VmsClock clock) {
    addresses = new TokenBuckets(clock, limits.ofAddress());
    accounts = new TokenBuckets(clock, limits.ofAccount());
  }

  /**
   * Counts a request of an address, before anybody looks at what it shows.
   *
   * @throws VmsException RESOURCE_EXHAUSTED when it is one too many
   */
  void countAddress(String address) {
    require(addresses.tryTake(AddressKey.of(address)));
  }

  /**
   * Counts a request of an account that is not for media.
   *
   * @throws VmsException RESOURCE_EXHAUSTED when it is one too many
   */
  void countAccount(String account) {
    require(accounts.tryTake(account));
  }

  private static void require(Duration wait) {
    if (wait.isPositive()) {
      throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "too many requests; ask less often")
          .with(VmsException.RETRY_AFTER_SECONDS, wait.toSeconds() + 1);
    }
  }
}
