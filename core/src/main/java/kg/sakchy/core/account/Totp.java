package kg.sakchy.core.account;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The codes that an authenticator shows (TOTP, RFC 6238): six digits, a new code every 30 s,
 * HMAC-SHA-1. The parameters are the ones that every authenticator takes.
 */
public final class Totp {
  private static final int STEP_SECONDS = 30;

  /** The clocks of server and owner may differ, and typing takes time (RFC 6238 §5.2). */
  private static final int STEPS_ASIDE = 1;

  private static final int MODULUS = 1_000_000;
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");
  private static final String ALGORITHM = "HmacSHA1";
  private static final int OFFSET_MASK = 0xf;

  private Totp() {}

  /** A new key. */
  public static TotpSecret newSecret() {
    return new TotpSecret(RandomSecret.bytes(TotpSecret.BYTES));
  }

  /** The key as people type it: 32 characters of Base32. */
  public static String text(TotpSecret secret) {
    return Base32.encode(secret.bytes());
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws VmsException INVALID_ARGUMENT when it is something else
   */
  public static TotpSecret secret(String text) {
    return new TotpSecret(Base32.decode(text));
  }

  /** The address that authenticators read from a picture of it (Key URI Format). */
  public static String uri(TotpSecret secret, AccountId account) {
    return "otpauth://totp/Sakchy:%s?secret=%s&issuer=Sakchy"
        .formatted(
            URLEncoder.encode(account.value(), StandardCharsets.UTF_8),
            Base32.encode(secret.bytes()));
  }

  /**
   * The step of time that a code is of: the one of now, or one beside it.
   *
   * @param code as it was typed; six ASCII digits, or it is no code
   * @return nothing when it is of none
   */
  public static OptionalLong step(TotpSecret secret, String code, Instant now) {
    if (!CODE.matcher(code).matches()) {
      return OptionalLong.empty();
    }
    long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - STEPS_ASIDE; step <= current + STEPS_ASIDE; step++) {
      // All are looked at, so that the time it takes tells nothing.
      if (equal(code, code(secret, step))) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** The code of a moment: what an authenticator shows then. */
  public static String code(TotpSecret secret, Instant moment) {
    return code(secret, Math.floorDiv(moment.getEpochSecond(), STEP_SECONDS));
  }

  private static String code(TotpSecret secret, long step) {
    return String.format(Locale.ROOT, "%06d", truncated(secret, step) % MODULUS);
  }

  /** The 31 bits before they become digits (RFC 4226 §5.3). */
  static int truncated(TotpSecret secret, long step) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
      ByteBuffer hash =
          ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(0, step).array()));
      int offset = hash.get(hash.capacity() - 1) & OFFSET_MASK;
      return hash.getInt(offset) & Integer.MAX_VALUE;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new VmsException(ErrorKind.INTERNAL, "no HMAC-SHA-1", e);
    }
  }

  private static boolean equal(String typed, String expected) {
    return MessageDigest.isEqual(
        typed.getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
  }
}
