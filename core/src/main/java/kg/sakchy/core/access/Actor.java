package kg.sakchy.core.access;

import kg.sakchy.core.account.AccountId;

/**
 * Who an act is laid to, as records name him.
 *
 * @param name the account; an address while nobody is known
 * @param origin how he came in and from where
 */
public record Actor(String name, String origin) {
  /** Who came in himself. */
  public static Actor of(Caller caller) {
    return new Actor(caller.account().value(), caller.origin());
  }

  /**
   * Whoever holds a media token: its maker answers for what he gave away.
   *
   * @param address where he is, as text
   */
  public static Actor ofToken(AccountId maker, String address) {
    return new Actor(maker.value(), "media token of " + maker + " from " + address);
  }
}
