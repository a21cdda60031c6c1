package kg.sakchy.core.account;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps sessions by the hash of their secret.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached.
 */
public interface SessionStore {
  /** An account keeps at most this many; the one not seen for longest gives way. */
  int SESSIONS_PER_ACCOUNT = 50;

  void open(Session session);

  /** The session, also when its time is over: who asks looks at it. */
  Optional<Session> find(SecretHash secret);

  /** Notes that it was used. Nothing happens when it has ended. */
  void seen(SecretHash secret, Instant at);

  /** Ends one. Idempotent. */
  void end(SecretHash secret);

  /** Ends all of an account. */
  void endAll(AccountId account);

  /** Removes what expired before a moment. */
  void forgetExpired(Instant before);
}
