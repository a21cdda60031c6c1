package kg.sakchy.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.account.Session;
import kg.sakchy.core.account.SessionStore;

/** Sessions in the heap. Threads: safe for use by many threads. */
public final class InMemorySessionStore implements SessionStore {
  private final Map<SecretHash, Session> sessions = new HashMap<>();

  @Override
  public synchronized void open(Session session) {
    sessions.put(session.secret(), session);
    if (sessions.values().stream().filter(one -> one.account().equals(session.account())).count()
        > SESSIONS_PER_ACCOUNT) {
      sessions.values().stream()
          .filter(one -> one.account().equals(session.account()) && !one.equals(session))
          .min(Comparator.comparing(Session::lastSeenAt))
          .ifPresent(oldest -> sessions.remove(oldest.secret()));
    }
  }

  @Override
  public synchronized Optional<Session> find(SecretHash secret) {
    return Optional.ofNullable(sessions.get(secret));
  }

  @Override
  public synchronized void seen(SecretHash secret, Instant at) {
    sessions.computeIfPresent(
        secret,
        (hash, old) ->
            new Session(
                hash,
                old.account(),
                old.stage(),
                old.address(),
                old.createdAt(),
                old.expiresAt(),
                at));
  }

  @Override
  public synchronized void end(SecretHash secret) {
    sessions.remove(secret);
  }

  @Override
  public synchronized void endAll(AccountId account) {
    sessions.values().removeIf(session -> session.account().equals(account));
  }

  @Override
  public synchronized void forgetExpired(Instant before) {
    sessions.values().removeIf(session -> session.expiresAt().isBefore(before));
  }
}
