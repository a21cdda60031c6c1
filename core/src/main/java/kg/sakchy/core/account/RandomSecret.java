package kg.sakchy.core.account;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes what nobody can guess. Threads: safe for use by many threads. */
public final class RandomSecret {
  /** Letters and digits that nobody takes for others; also on paper. */
  private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int KEY_BYTES = 32;
  private static final int GROUPS = 4;
  private static final int GROUP_CHARS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomSecret() {}

  /** 256 bits as 43 characters, safe in cookies and addresses. */
  public static String key() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(KEY_BYTES));
  }

  /** A password to be typed once, of 99 bits: {@code k7q2f-mzpd8-4hxrt-w9bcn}. */
  public static String oneTimePassword() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_CHARS; i++) {
      if (i > 0 && i % GROUP_CHARS == 0) {
        password.append('-');
      }
      password.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
    }
    return password.toString();
  }

  /** So many random bytes. */
  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
