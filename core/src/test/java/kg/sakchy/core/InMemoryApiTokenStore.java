package kg.sakchy.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.access.ApiToken;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** API tokens in the heap. Threads: safe for use by many threads. */
public final class InMemoryApiTokenStore implements ApiTokenStore {
  private final AccountStore accounts;
  private final Map<SecretHash, ApiToken> tokens = new HashMap<>();

  public InMemoryApiTokenStore(AccountStore accounts) {
    this.accounts = accounts;
  }

  @Override
  public synchronized void create(ApiToken token) {
    if (accounts.find(token.account()).isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such account: " + token.account());
    }
    if (list(token.account()).size() >= TOKENS_PER_ACCOUNT) {
      throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "an account has at most 100 API tokens");
    }
    tokens.put(token.secret(), token);
  }

  @Override
  public synchronized Optional<ApiToken> find(SecretHash secret) {
    return Optional.ofNullable(tokens.get(secret));
  }

  @Override
  public synchronized List<ApiToken> list(AccountId account) {
    return tokens.values().stream()
        .filter(token -> token.account().equals(account))
        .sorted(Comparator.comparing(ApiToken::createdAt).thenComparing(ApiToken::id).reversed())
        .toList();
  }

  @Override
  public synchronized void used(SecretHash secret, Instant at) {
    tokens.computeIfPresent(
        secret,
        (hash, old) ->
            new ApiToken(
                old.id(),
                old.account(),
                old.name(),
                hash,
                old.scope(),
                old.createdAt(),
                old.expiresAt(),
                at));
  }

  @Override
  public synchronized void revoke(AccountId account, String id) {
    if (!tokens.values().removeIf(one -> one.account().equals(account) && one.id().equals(id))) {
      throw new VmsException(ErrorKind.NOT_FOUND, "the account has no such API token");
    }
  }
}
