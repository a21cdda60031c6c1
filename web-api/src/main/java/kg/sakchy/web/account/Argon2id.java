package kg.sakchy.web.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.account.PasswordHash;
import kg.sakchy.core.account.RandomSecret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * One way to run Argon2id (RFC 9106), version 1.3, and the text that says which:
 *
 * <pre>
 * "$argon2id$v=19$m=" KiB ",t=" passes ",p=" lanes "$" base64(salt) "$" base64(hash)
 * </pre>
 *
 * @param memoryKib memory
 * @param passes over it
 * @param lanes that could be filled at the same time
 */
record Argon2id(int memoryKib, int passes, int lanes) {
  /** More than the least that OWASP's Password Storage Cheat Sheet asks for (19 MiB, 2 passes). */
  static final Argon2id TODAY = new Argon2id(32 * 1024, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** What was stored is not run when it would cost more than this. */
  private static final Argon2id MOST = new Argon2id(256 * 1024, 16, 4);

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d?),p=([1-9])"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

  /** Hashes with a new salt. */
  PasswordHash hash(String password) {
    byte[] salt = RandomSecret.bytes(SALT_BYTES);
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return new PasswordHash(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                memoryKib,
                passes,
                lanes,
                encoder.encodeToString(salt),
                encoder.encodeToString(run(password, salt))));
  }

  /**
   * Whether a hash is of a password, with the parameters that stand in it.
   *
   * @throws VmsException DATA_LOSS when it has another form, or would cost too much
   */
  static boolean matches(String password, PasswordHash hash) {
    Matcher parts = parts(hash);
    byte[] salt = decode(parts.group(4));
    return MessageDigest.isEqual(decode(parts.group(5)), parameters(parts).run(password, salt));
  }

  /** The parameters that stand in a hash; fails as {@link #matches}. */
  static Argon2id of(PasswordHash hash) {
    return parameters(parts(hash));
  }

  private static Matcher parts(PasswordHash hash) {
    Matcher parts = FORM.matcher(hash.text());
    if (!parts.matches()) {
      throw unknown();
    }
    return parts;
  }

  private static Argon2id parameters(Matcher parts) {
    Argon2id asked =
        new Argon2id(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    if (asked.memoryKib > MOST.memoryKib
        || asked.memoryKib < 8 * asked.lanes // RFC 9106 §3.1
        || asked.passes > MOST.passes
        || asked.lanes > MOST.lanes) {
      throw unknown();
    }
    return asked;
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static VmsException unknown() {
    return new VmsException(ErrorKind.DATA_LOSS, "a stored password hash has no known form");
  }

  private byte[] run(String password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
