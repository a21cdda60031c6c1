package kg.sakchy.storage.secret;

/**
 * Encrypts secrets that must be read again in clear, such as the passwords of cameras. A key
 * management service would be another implementation of this.
 *
 * <p>Threads: safe for use by many threads.
 */
public interface SecretBox {
  /**
   * Encrypts and authenticates a secret.
   *
   * @param clear at most a few kilobytes
   * @param what of what it is, as {@code camera gate}: only with the same words it can be opened,
   *     so that nobody moves it elsewhere
   */
  byte[] seal(byte[] clear, String what);

  /**
   * The reverse.
   *
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS when it was not sealed with these words by
   *     a key of this box
   */
  byte[] open(byte[] sealed, String what);
}
