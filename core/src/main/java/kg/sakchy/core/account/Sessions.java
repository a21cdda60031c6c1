package kg.sakchy.core.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.time.VmsClock;

/**
 * Opens, finds and ends sessions. One ends after 12 hours, a shift, or after half an hour in which
 * nobody used it; a sign-in that was not completed, after five minutes.
 *
 * <p>Threads: safe for use by many threads; calls block (database).
 */
public final class Sessions {
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration INCOMPLETE = Duration.ofMinutes(5);

  /** How coarsely use is noted, so that a busy session is not a busy table. */
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);

  /** A clock that was set back further than this ends what was opened in its future. */
  private static final Duration CLOCK_STEP = Duration.ofMinutes(5);

  private final SessionStore store;
  private final VmsClock clock;

  public Sessions(SessionStore store, VmsClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Opens one; those whose time is over are cleared away. */
  Opened open(Account account, Session.Stage stage, String address) {
    Instant now = clock.now();
    String secret = RandomSecret.key();
    store.forgetExpired(now);
    Duration life = stage == Session.Stage.COMPLETE ? LONGEST : INCOMPLETE;
    Session session =
        new Session(SecretHash.of(secret), account.id(), stage, address, now, now.plus(life), now);
    store.open(session);
    return new Opened(secret, session, account);
  }

  /** The session of a secret, as long as it lasts; that it is in use is noted. */
  public Optional<Session> find(String secret) {
    return store.find(SecretHash.of(secret)).filter(this::lasts).map(this::seen);
  }

  /** Whether a session's time is not over. */
  public boolean lasts(Session session) {
    Instant now = clock.now();
    return now.isBefore(session.expiresAt())
        && now.isBefore(session.lastSeenAt().plus(IDLE))
        && !now.isBefore(session.createdAt().minus(CLOCK_STEP));
  }

  private Session seen(Session session) {
    Instant now = clock.now();
    if (!now.isBefore(session.lastSeenAt().plus(SEEN_STEP))) {
      store.seen(session.secret(), now);
    }
    return session;
  }

  /** Ends one. Idempotent. */
  public void end(String secret) {
    store.end(SecretHash.of(secret));
  }

  /** Ends all of an account. */
  public void endAll(AccountId account) {
    store.endAll(account);
  }

  /**
   * A session that was just opened.
   *
   * @param secret what the browser holds; it is stored nowhere
   * @param session what is stored
   * @param account whose it is
   */
  public record Opened(String secret, Session session, Account account) {
    @Override
    public String toString() {
      return "Opened[" + session + "]";
    }
  }
}
