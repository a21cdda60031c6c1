package kg.sakchy.core.account;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.limit.AddressKey;
import kg.sakchy.core.time.VmsClock;

/**
 * Holds off who guesses passwords and codes: per account, known or not, and per address. Somebody
 * who signed in from an address before is counted apart there, so that a stranger's guesses do not
 * lock the owner out.
 *
 * <p>Threads: safe for use by many threads; does not block.
 */
final class SignInGuard {
  /** Of an account; the same pace is kept by what is stored, over a restart. */
  static final Throttle.Pace ACCOUNT =
      new Throttle.Pace(5, Duration.ofSeconds(1), Duration.ofMinutes(15));

  /** Of an address; a whole office may be behind it. */
  static final Throttle.Pace ADDRESS =
      new Throttle.Pace(20, Duration.ofSeconds(1), Duration.ofMinutes(5));

  private static final int FAMILIAR = 10_000;
  private static final int NAME_CHARS = 64;

  private final Throttle accounts;
  private final Throttle addresses;
  private final Set<String> familiar =
      Collections.synchronizedSet(Collections.newSetFromMap(new Familiar()));

  SignInGuard(VmsClock clock) {
    accounts = new Throttle(clock, ACCOUNT);
    addresses = new Throttle(clock, ADDRESS);
  }

  /**
   * An attempt begins.
   *
   * @param name as it was typed
   * @throws kg.sakchy.core.error.VmsException RESOURCE_EXHAUSTED while it must wait
   */
  Attempt begin(String name, String address) {
    String network = AddressKey.of(address);
    String account = name.substring(0, Math.min(name.length(), NAME_CHARS));
    String both = account + " " + network;
    boolean known = familiar.contains(both);
    addresses.look(network); // what is held off for the one is not counted for the other
    accounts.begin(known ? both : account);
    addresses.begin(network);
    return new Attempt(network, both, known ? both : account, known);
  }

  /** An attempt that was heard. */
  final class Attempt {
    private final String network;
    private final String both;
    private final String counted;
    private final boolean familiarBefore;

    private Attempt(String network, String both, String counted, boolean familiarBefore) {
      this.network = network;
      this.both = both;
      this.counted = counted;
      this.familiarBefore = familiarBefore;
    }

    /** Whether the owner signed in from there before. */
    boolean isFamiliar() {
      return familiarBefore;
    }

    /** It was right. */
    void succeeded() {
      addresses.takeBack(network);
      accounts.forget(counted);
      familiar.add(both);
    }

    /** It could not be judged, which was not the fault of who asked. */
    void abandoned() {
      addresses.takeBack(network);
      accounts.takeBack(counted);
    }
  }

  /** The one added first gives way. */
  private static final class Familiar extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > FAMILIAR;
    }
  }
}
