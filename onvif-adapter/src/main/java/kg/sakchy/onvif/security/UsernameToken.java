package kg.sakchy.onvif.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import kg.sakchy.core.camera.Credentials;

/**
 * The content of a WS-Security UsernameToken with a password digest (OASIS UsernameToken Profile
 * 1.0 §3.1): {@code Base64(SHA-1(nonce + created + password))}. The password itself is not in it.
 *
 * @param user the user
 * @param digest Base64
 * @param nonce Base64 of 16 random bytes
 * @param created the camera's time, as it believes it
 */
public record UsernameToken(String user, String digest, String nonce, String created) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 16;

  /**
   * A token for one request.
   *
   * @param now the time on the camera's clock
   */
  public static UsernameToken of(Credentials credentials, Instant now) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return of(credentials, now, nonce);
  }

  static UsernameToken of(Credentials credentials, Instant now, byte[] nonce) {
    String created = now.truncatedTo(ChronoUnit.MILLIS).toString();
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update(created.getBytes(StandardCharsets.UTF_8));
      sha1.update(credentials.password().getBytes(StandardCharsets.UTF_8));
      Base64.Encoder base64 = Base64.getEncoder();
      return new UsernameToken(
          credentials.user(),
          base64.encodeToString(sha1.digest()),
          base64.encodeToString(nonce),
          created);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  @Override
  public String toString() {
    return "UsernameToken of " + user;
  }
}
