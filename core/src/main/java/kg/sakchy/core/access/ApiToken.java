package kg.sakchy.core.access;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A key that a program comes in with. The key itself is shown once, when it is made.
 *
 * @param id names it for ever: 16 hexadecimal digits, random
 * @param account for whom it speaks
 * @param name what people call it, 1 to 100 characters
 * @param secret the hash of the key
 * @param scope what it may be used for at most; what the account's roles do not allow it does not
 *     either
 * @param createdAt when it was made
 * @param expiresAt from this moment on it is worth nothing, or null for never
 * @param lastUsedAt about when it was last used, or null for never
 */
public record ApiToken(
    String id,
    AccountId account,
    String name,
    SecretHash secret,
    Set<Right> scope,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  public ApiToken {
    scope = Set.copyOf(scope);
    require(ID.matcher(id).matches(), "the id of an API token has 16 hexadecimal digits");
    require(!name.isBlank() && name.length() <= 100, "a token's name has 1 to 100 characters");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, otherwise);
    }
  }
}
