package kg.sakchy.core.account;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what people prove themselves with. Keys of second factors are encrypted where they are
 * kept.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached; NOT_FOUND
 * from what changes an account that does not exist.
 */
public interface CredentialStore {
  /** What an account has; nothing for one that does not exist or never had any. */
  Optional<Credential> find(AccountId account);

  /** Sets the password; failures are forgotten, the second factor stays. */
  void setPassword(AccountId account, PasswordHash password, boolean mustChange);

  /**
   * Sets the key of the second factor, or takes it off.
   *
   * @param secret null for none
   */
  void setTotp(AccountId account, @Nullable TotpSecret secret);

  /**
   * Takes a time step of RFC 6238 as used, so that no code is good twice.
   *
   * @return whether it was later than every step used before; false changes nothing. Of two calls
   *     with the same step at the same time, one gets true
   */
  boolean useTotpStep(AccountId account, long step);

  /** Counts a failed sign-in; nothing happens for an account without credentials. */
  void failed(AccountId account, Instant at);

  /** Forgets the failures. */
  void succeeded(AccountId account);
}
