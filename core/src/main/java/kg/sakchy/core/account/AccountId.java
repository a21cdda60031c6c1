package kg.sakchy.core.account;

import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The name an account signs in with, for ever, and never another's: audit records name it. Only
 * letters that cannot be taken for others.
 *
 * @param value 1 to 63 of lower-case ASCII letters, digits, dots, hyphens and underscores,
 *     beginning with a letter or digit
 */
public record AccountId(String value) implements Comparable<AccountId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  public AccountId {
    if (!FORM.matcher(value).matches()) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "an account's name has 1 to 63 lower-case letters (a to z), digits, dots, hyphens or"
              + " underscores and begins with a letter or digit");
    }
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
