package kg.sakchy.core.account;

/**
 * Makes and checks the hashes of passwords: slow, and with much memory, on purpose.
 *
 * <p>Threads: safe for use by many threads; calls block. A bounded number works at a time.
 */
public interface PasswordHashing {
  /**
   * Hashes a password with a new salt and the parameters of today.
   *
   * @throws kg.sakchy.core.error.VmsException RESOURCE_EXHAUSTED when too many wait already
   */
  PasswordHash hash(String password);

  /**
   * Whether a hash is of this password.
   *
   * @throws kg.sakchy.core.error.VmsException RESOURCE_EXHAUSTED when too many wait already;
   *     DATA_LOSS when the hash is of no form it knows
   */
  boolean matches(String password, PasswordHash hash);

  /** Whether a hash was made with other parameters than those of today. */
  boolean isOutdated(PasswordHash hash);
}
