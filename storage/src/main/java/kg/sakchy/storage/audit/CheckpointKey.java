package kg.sakchy.storage.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The Ed25519 key that signs checkpoints, in a file only the server's user can read, made when it
 * is missing. The file has two lines: the private key as signed notes write it ({@code
 * PRIVATE+KEY+name+id+base64(0x01 || seed)}) and the {@link VerifierKey}.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class CheckpointKey {
  private static final String PRIVATE = "PRIVATE+KEY+";
  private static final int PRIVATE_PARTS = 5; // the last may hold a plus as well
  private static final int NAME_BYTES = 4;

  private final PrivateKey key;
  private final VerifierKey verifier;

  private CheckpointKey(byte[] seed, VerifierKey verifier) throws GeneralSecurityException {
    this.key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    this.verifier = verifier;
  }

  /**
   * Reads the key, or makes it.
   *
   * @throws VmsException UNAVAILABLE when the file cannot be read or written, DATA_LOSS when it is
   *     no key
   */
  public static CheckpointKey in(Path file) {
    try {
      return read(file, Files.readAllLines(file));
    } catch (NoSuchFileException e) {
      return make(file);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the key " + file + " cannot be read", e);
    }
  }

  /** What checks its signatures; no secret. */
  public VerifierKey verifier() {
    return verifier;
  }

  /** The signature over a text (RFC 8032), 64 bytes. */
  byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new VmsException(ErrorKind.INTERNAL, "a checkpoint cannot be signed", e);
    }
  }

  private static CheckpointKey read(Path file, List<String> lines) {
    try {
      VerifierKey verifier = VerifierKey.parse(lines.getLast());
      String line = lines.getFirst();
      byte[] seed = Base64.getDecoder().decode(line.split("\\+", PRIVATE_PARTS)[PRIVATE_PARTS - 1]);
      CheckpointKey read = new CheckpointKey(Arrays.copyOfRange(seed, 1, seed.length), verifier);
      byte[] probe = file.toString().getBytes(StandardCharsets.UTF_8);
      if (line.startsWith(PRIVATE) && verifier.verifies(probe, read.sign(probe))) {
        return read;
      }
      throw damaged(file, null);
    } catch (RuntimeException | GeneralSecurityException e) {
      throw damaged(file, e);
    }
  }

  private static CheckpointKey make(Path file) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] raw =
          Arrays.copyOfRange(encoded, encoded.length - VerifierKey.KEY_BYTES, encoded.length);
      byte[] random = new byte[NAME_BYTES];
      new SecureRandom().nextBytes(random);
      VerifierKey verifier =
          new VerifierKey("sakchy-audit-" + HexFormat.of().formatHex(random), Bytes.copyOf(raw));
      PrivateFiles.write(file, text(seed, verifier).getBytes(StandardCharsets.UTF_8));
      return new CheckpointKey(seed, verifier);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the key " + file + " cannot be written", e);
    } catch (GeneralSecurityException e) {
      throw new VmsException(ErrorKind.INTERNAL, "no Ed25519", e);
    }
  }

  private static String text(byte[] seed, VerifierKey verifier) {
    byte[] typed = VerifierKey.joined(new byte[] {VerifierKey.ED25519}, seed);
    return PRIVATE
        + verifier.name()
        + "+"
        + HexFormat.of().formatHex(verifier.id())
        + "+"
        + Base64.getEncoder().encodeToString(typed)
        + "\n"
        + verifier
        + "\n";
  }

  private static VmsException damaged(Path file, @Nullable Exception e) {
    return new VmsException(
        ErrorKind.DATA_LOSS, file + " holds no key; remove it to have a new one made", e);
  }
}
