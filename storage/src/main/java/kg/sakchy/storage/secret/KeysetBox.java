package kg.sakchy.storage.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.PrivateFiles;

/**
 * A box whose keys are a keyset of Tink: AES-256-GCM, one key that seals and any number of older
 * ones that only open. What is sealed begins with the number of its key.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class KeysetBox implements SecretBox {
  private static final int MAX_FILE_BYTES = 64 << 10;

  private final KeysetHandle keys;
  private final Aead aead;

  private KeysetBox(KeysetHandle keys) throws GeneralSecurityException {
    this.keys = keys;
    this.aead = keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /**
   * The keys of a file that only its owner can read; made with one new key when it is not there.
   *
   * @throws VmsException UNAVAILABLE when the file cannot be read or written, DATA_LOSS when it is
   *     no keyset
   */
  public static KeysetBox in(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new VmsException(ErrorKind.DATA_LOSS, "not a file of keys: " + file);
      }
      return of(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      KeysetBox made = generate();
      made.save(file);
      return made;
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the keys " + file + " cannot be read", e);
    }
  }

  /**
   * The keys of a serialized keyset.
   *
   * @param name where it comes from, for messages
   * @throws VmsException DATA_LOSS when it is none
   */
  public static KeysetBox of(byte[] keyset, String name) {
    try {
      AeadConfig.register();
      return new KeysetBox(
          TinkProtoKeysetFormat.parseKeyset(
              keyset, InsecureSecretKeyAccess.get(), RegistryConfiguration.get()));
    } catch (GeneralSecurityException e) {
      throw new VmsException(ErrorKind.DATA_LOSS, "not a set of keys: " + name, e);
    }
  }

  /** A box with one new key. */
  public static KeysetBox generate() {
    try {
      AeadConfig.register();
      return new KeysetBox(
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
    } catch (GeneralSecurityException e) {
      throw broken(e);
    }
  }

  /** The same with one more key, which is the one that seals from now on. */
  public KeysetBox withNewKey() {
    try {
      return new KeysetBox(
          KeysetHandle.newBuilder(keys)
              .setConfiguration(RegistryConfiguration.get())
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary())
              .build());
    } catch (GeneralSecurityException e) {
      throw broken(e);
    }
  }

  /** The key that seals, without those that only open. */
  public KeysetBox newestOnly() {
    try {
      return new KeysetBox(
          KeysetHandle.newBuilder()
              .setConfiguration(RegistryConfiguration.get())
              .addEntry(
                  KeysetHandle.importKey(keys.getPrimary().getKey())
                      .withFixedId(keys.getPrimary().getId())
                      .makePrimary())
              .build());
    } catch (GeneralSecurityException e) {
      throw broken(e);
    }
  }

  /** How many keys there are. */
  public int size() {
    return keys.size();
  }

  /** Writes the keys to a file that only its owner can read. */
  public void save(Path file) {
    try {
      PrivateFiles.write(
          file,
          TinkProtoKeysetFormat.serializeKeyset(
              keys, InsecureSecretKeyAccess.get(), RegistryConfiguration.get()));
    } catch (GeneralSecurityException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the keys " + file + " cannot be written", e);
    }
  }

  @Override
  public byte[] seal(byte[] clear, String what) {
    try {
      return aead.encrypt(clear, what.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw broken(e);
    }
  }

  @Override
  public byte[] open(byte[] sealed, String what) {
    try {
      return aead.decrypt(sealed, what.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "the secret of " + what + " was not sealed by a key of this server");
    }
  }

  private static VmsException broken(GeneralSecurityException e) {
    return new VmsException(ErrorKind.INTERNAL, "no AES-256-GCM", e);
  }
}
