package kg.sakchy.core.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * What a password may be (NIST SP 800-63B): long, not one that everybody tries, and nothing more is
 * asked of it.
 */
public final class PasswordRules {
  /** Fewest characters. */
  public static final int SHORTEST = 12;

  /** Most characters, so that nobody makes the server hash a book. */
  public static final int LONGEST = 200;

  private static final Set<String> COMMON = common();

  private PasswordRules() {}

  /**
   * The one form of a password that may be typed in several (NFKC): it is what is hashed.
   *
   * @param typed any text; cut off beyond {@link #LONGEST} times 4 characters, which no password
   *     reaches
   */
  public static String normalized(String typed) {
    String bounded = typed.length() > 4 * LONGEST ? typed.substring(0, 4 * LONGEST) : typed;
    return Normalizer.normalize(bounded, Normalizer.Form.NFKC);
  }

  /**
   * Checks a new password.
   *
   * @param password normalized
   * @throws VmsException INVALID_ARGUMENT when it must be another; the message says why and does
   *     not repeat it
   */
  public static void check(String password, AccountId account) {
    int length = password.codePointCount(0, password.length());
    require(length >= SHORTEST, "a password has at least 12 characters");
    require(length <= LONGEST, "a password has at most 200 characters");
    String plain = password.toLowerCase(Locale.ROOT);
    require(!COMMON.contains(plain), "this password is one of those that everybody tries first");
    require(
        !plain.replace(account.value(), "").isBlank(), "the password is the name of the account");
    require(
        plain.chars().distinct().count() > 2,
        "a password is more than one or two characters again");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, otherwise);
    }
  }

  private static Set<String> common() {
    try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("missing resource common-passwords.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
