package kg.sakchy.core.access;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.RandomSecret;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Makes API tokens. Their keys are {@code sakchy_} and 43 random characters, so that whoever looks
 * for leaked keys knows one.
 *
 * <p>Threads: safe for use by many threads; calls block (database).
 */
public final class ApiTokenDesk {
  private static final String PREFIX = "sakchy_";
  private static final Pattern KEY = Pattern.compile("sakchy_[A-Za-z0-9_-]{43}");
  private static final int ID_BYTES = 8;

  private final ApiTokenStore store;
  private final VmsClock clock;

  public ApiTokenDesk(ApiTokenStore store, VmsClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Whether a text has the form of a key. */
  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /**
   * Makes a token for a program. People sign in: a token would go round their second factor.
   *
   * @param name what people call it
   * @param scope what it may be used for at most
   * @param expiresAt from this moment on it is worth nothing, or null for never
   * @throws VmsException FAILED_PRECONDITION for the account of a person; INVALID_ARGUMENT without
   *     a scope, or when it would never be worth anything; as {@link ApiTokenStore#create}
   */
  public Issued issue(Account account, String name, Set<Right> scope, @Nullable Instant expiresAt) {
    Instant now = clock.now();
    if (account.kind() != Account.Kind.SERVICE) {
      throw new VmsException(ErrorKind.FAILED_PRECONDITION, "people have no API tokens");
    }
    if (scope.isEmpty()) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a token is for at least one right");
    }
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the token would have expired already");
    }
    String key = PREFIX + RandomSecret.key();
    String id = HexFormat.of().formatHex(RandomSecret.bytes(ID_BYTES));
    ApiToken token =
        new ApiToken(id, account.id(), name, SecretHash.of(key), scope, now, expiresAt, null);
    store.create(token);
    return new Issued(token, key);
  }

  /**
   * A token that was just made.
   *
   * @param token what is stored
   * @param key to be shown once; it is stored nowhere
   */
  public record Issued(ApiToken token, String key) {
    @Override
    public String toString() {
      return "Issued[" + token + "]";
    }
  }
}
