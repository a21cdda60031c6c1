package kg.sakchy.core.access;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads {@link MediaGrant}s as signed text, safe in an address:
 *
 * <pre>
 * token   = base64url(payload) "." base64url(HMAC-SHA-256(key, base64url(payload)))
 * payload = "2" "|" camera "|" live ("1" or "0") "|" from "|" to "|" expires "|" account
 * </pre>
 *
 * <p>Times are milliseconds of UTC since 1970; {@code from} and {@code to} are empty without a
 * right to the archive. Tokens are not kept. Who holds one holds what it covers until it expires,
 * as long as the account that made it may see that itself: {@link MediaAccess} looks.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class MediaTokens {
  /** A token is refused unread when it is longer. */
  static final int MAX_CHARS = 512;

  private static final String VERSION = "2";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;
  private final VmsClock clock;

  /**
   * @param key 32 random bytes; tokens of another key are refused
   */
  public MediaTokens(byte[] key, VmsClock clock) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.clock = clock;
  }

  /** Writes a grant. */
  public String issue(MediaGrant grant) {
    TimeRange archive = grant.archive();
    String payload =
        String.join(
            "|",
            VERSION,
            grant.camera().toString(),
            grant.live() ? "1" : "0",
            archive == null ? "" : Long.toString(archive.start().toEpochMilli()),
            archive == null ? "" : Long.toString(archive.end().toEpochMilli()),
            Long.toString(grant.expires().toEpochMilli()),
            grant.account().value());
    String body = ENCODER.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    return body + "." + ENCODER.encodeToString(mac(body));
  }

  /**
   * Reads a token.
   *
   * @throws VmsException UNAUTHENTICATED when it is malformed, altered, of another server, or
   *     expired; the message repeats nothing of it
   */
  public MediaGrant verify(String token) {
    int dot = token.indexOf('.');
    if (token.length() > MAX_CHARS || dot < 0) {
      throw refused("the media token is malformed");
    }
    String body = token.substring(0, dot);
    byte[] payload = decode(body);
    if (!MessageDigest.isEqual(mac(body), decode(token.substring(dot + 1)))) {
      throw refused("the media token is not of this server or was altered");
    }
    MediaGrant grant = parse(new String(payload, StandardCharsets.UTF_8));
    if (!clock.now().isBefore(grant.expires())) {
      throw refused("the media token has expired");
    }
    return grant;
  }

  private static MediaGrant parse(String payload) {
    String[] fields = payload.split("\\|", -1);
    if (fields.length != 7 || !fields[0].equals(VERSION)) {
      throw refused("the media token is of another version");
    }
    return new MediaGrant(
        new CameraId(fields[1]),
        fields[2].equals("1"),
        range(fields[3], fields[4]),
        instant(fields[5]),
        new AccountId(fields[6]));
  }

  private static @Nullable TimeRange range(String from, String to) {
    return from.isEmpty() ? null : new TimeRange(instant(from), instant(to));
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw refused("the media token is malformed");
    }
  }

  private byte[] mac(String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new VmsException(ErrorKind.INTERNAL, "no HMAC-SHA-256", e);
    }
  }

  private static VmsException refused(String message) {
    return new VmsException(ErrorKind.UNAUTHENTICATED, message);
  }
}
