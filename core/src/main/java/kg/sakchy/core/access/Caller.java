package kg.sakchy.core.access;

import java.util.EnumSet;
import java.util.Set;
import kg.sakchy.core.account.AccountId;

/**
 * Who asks, proved.
 *
 * @param account the account
 * @param displayName what other people are shown
 * @param origin how it came in and from where, for the audit: {@code session 4f2a91c0 from
 *     10.1.2.3}
 * @param scope what may be asked for this way in at most: all rights in a session, those of the
 *     token for an API token. It gives no right: {@link AccessPolicy} does
 */
public record Caller(AccountId account, String displayName, String origin, Set<Right> scope) {
  public Caller {
    scope = Set.copyOf(scope);
  }

  /** Who came in by a way that limits nothing. */
  public static Caller of(AccountId account, String displayName, String origin) {
    return new Caller(account, displayName, origin, EnumSet.allOf(Right.class));
  }
}
