package kg.sakchy.core.account;

import java.time.Instant;

/**
 * A sign-in that goes on. Beside {@code lastSeenAt} nothing of it changes: who gets further (a
 * second factor, a new password) gets another session with another secret, and this one ends.
 *
 * @param secret the hash of what the browser holds
 * @param account who signed in
 * @param stage how far
 * @param address where from, as text
 * @param createdAt when
 * @param expiresAt from this moment on it is worth nothing, however busy
 * @param lastSeenAt about when it was last used
 */
public record Session(
    SecretHash secret,
    AccountId account,
    Stage stage,
    String address,
    Instant createdAt,
    Instant expiresAt,
    Instant lastSeenAt) {
  /** How far a sign-in is. */
  public enum Stage {
    /** The password was right; the second factor is still to come. */
    SECOND_FACTOR,
    /** Everything was right, but the password must be changed first. */
    PASSWORD_CHANGE,
    /** Signed in. */
    COMPLETE
  }
}
