package kg.sakchy.gateway.webrtc.ice;

import java.security.SecureRandom;

/**
 * The name and password of one side of a session (RFC 8445 §5.3).
 *
 * @param ufrag ice-ufrag, 4 to 256 ice-chars
 * @param password ice-pwd, 22 to 256 ice-chars; secret
 */
public record IceCredentials(String ufrag, String password) {
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int UFRAG_CHARS = 12;
  private static final int PASSWORD_CHARS = 32;

  /** New ones: 72 random bits of name, 192 of password. */
  public static IceCredentials random(SecureRandom random) {
    return new IceCredentials(text(random, UFRAG_CHARS), text(random, PASSWORD_CHARS));
  }

  private static String text(SecureRandom random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "IceCredentials[ufrag=" + ufrag + ", password=***]";
  }
}
