package kg.sakchy.core.account;

import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or something that may come in. What proves it, passwords and keys, is not part of it.
 *
 * @param id its name for ever
 * @param kind a person or a program
 * @param displayName what people are shown, 1 to 200 characters
 * @param disabled whether it is kept out
 * @param subject who it is at the identity provider ({@code issuer subject}), or null for a local
 *     account
 * @param createdAt when it was made
 * @param version counts changes from 1; a change names the version it is based on
 */
public record Account(
    AccountId id,
    Kind kind,
    String displayName,
    boolean disabled,
    @Nullable String subject,
    Instant createdAt,
    long version) {
  /** What an account is for. */
  public enum Kind {
    /** Signs in with a password and a second factor, or through an identity provider. */
    PERSON,
    /** Another system; has tokens and no password. */
    SERVICE
  }

  public Account {
    if (displayName.isBlank() || displayName.length() > 200) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "an account's display name has 1 to 200 characters");
    }
  }
}
