package kg.sakchy.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.SecretHash;

/**
 * Keeps API tokens by the hash of their key.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached.
 */
public interface ApiTokenStore {
  /** An account has at most this many. */
  int TOKENS_PER_ACCOUNT = 100;

  /**
   * Adds a token.
   *
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND without the account; RESOURCE_EXHAUSTED
   *     when it has as many as it may
   */
  void create(ApiToken token);

  /** The token, also when its time is over: who asks looks at it. */
  Optional<ApiToken> find(SecretHash secret);

  /** All of an account, the newest first. */
  List<ApiToken> list(AccountId account);

  /** Notes that it was used. Nothing happens when it was revoked. */
  void used(SecretHash secret, Instant at);

  /**
   * Removes a token: it opens nothing any more.
   *
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND when the account has none of this id
   */
  void revoke(AccountId account, String id);
}
