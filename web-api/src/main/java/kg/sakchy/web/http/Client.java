package kg.sakchy.web.http;

import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Presence;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a request.
 *
 * @param address where it comes from, as text
 * @param encrypted whether it came over TLS
 * @param shown what it shows of who it is
 * @param known who that is; null where the contract lets in anyone, or who holds a media token
 */
public record Client(
    String address, boolean encrypted, Authentication.Shown shown, @Nullable Presence known) {
  /**
   * Who asks.
   *
   * @throws VmsException UNAUTHENTICATED when nobody knows
   */
  public Caller caller() {
    return presence().caller();
  }

  /**
   * Who asks, for as long as he stays.
   *
   * @throws VmsException UNAUTHENTICATED when nobody knows
   */
  public Presence presence() {
    if (known == null) {
      throw new VmsException(ErrorKind.UNAUTHENTICATED, "sign in first");
    }
    return known;
  }

  /** What other people are shown. */
  public String displayName() {
    return known == null ? "guest at " + address : known.caller().displayName();
  }

  /** What is counted as one: the account, or the address of who has none. */
  public String key() {
    return known == null ? address : known.caller().account().value();
  }
}
