package kg.sakchy.server.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.PrivateFiles;

/**
 * The key that signs media addresses: 32 random bytes in a file only the server's user can read,
 * made at the first start. Whoever removes it makes all addresses handed out worthless.
 *
 * <p>Threads: called once at the start.
 */
final class SigningKey {
  private static final int BYTES = 32;

  private SigningKey() {}

  /**
   * Reads the key, or makes it.
   *
   * @throws VmsException UNAVAILABLE when the file cannot be read or written, DATA_LOSS when it is
   *     no key
   */
  static byte[] in(Path file) {
    try {
      byte[] key = Files.readAllBytes(file);
      if (key.length != BYTES) {
        throw new VmsException(
            ErrorKind.DATA_LOSS,
            "%s holds %d bytes instead of %d; remove it to have a new key made"
                .formatted(file, key.length, BYTES));
      }
      return key;
    } catch (NoSuchFileException e) {
      return make(file);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the key " + file + " cannot be read", e);
    }
  }

  private static byte[] make(Path file) {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    try {
      PrivateFiles.write(file, key);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the key " + file + " cannot be written", e);
    }
    return key;
  }
}
