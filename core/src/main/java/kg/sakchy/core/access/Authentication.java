package kg.sakchy.core.access;

import kg.sakchy.core.account.AccountId;

/**
 * Turns what somebody shows into who it is. Every way in (REST, sockets, HLS, RTSP) asks it, and
 * what it refuses gets nothing.
 *
 * <p>Threads: safe for use by many threads; calls block (database, hashing of passwords), mostly
 * only in the first seconds of a session or token.
 */
public interface Authentication {
  /**
   * Who it is.
   *
   * @param shown what proves it
   * @param address where it comes from, as text: guesses are counted by it
   * @throws kg.sakchy.core.error.VmsException UNAUTHENTICATED when it proves nothing, expired, or
   *     the account is disabled: always the same words, whatever is wrong; RESOURCE_EXHAUSTED after
   *     too many wrong passwords, for a while; UNAVAILABLE when the database cannot be reached
   */
  Caller authenticate(Shown shown, String address);

  /** What somebody shows. None of it prints. */
  sealed interface Shown {}

  /** Nothing at all. */
  record Nothing() implements Shown {}

  /**
   * The secret of a session, from a cookie.
   *
   * @param secret as it came
   */
  record SessionSecret(String secret) implements Shown {
    @Override
    public String toString() {
      return "SessionSecret[***]";
    }
  }

  /**
   * The key of an API token ({@code Authorization: Bearer}).
   *
   * @param key as it came
   */
  record TokenKey(String key) implements Shown {
    @Override
    public String toString() {
      return "TokenKey[***]";
    }
  }

  /**
   * A name and a password, for protocols that ask for both at once (RFC 7617). In the place of the
   * password the key of an API token of the account will do; an account with a second factor has no
   * other choice.
   *
   * @param name as it came; not necessarily of the form of an {@link AccountId}
   * @param password as it came
   */
  record NameAndPassword(String name, String password) implements Shown {
    @Override
    public String toString() {
      return "NameAndPassword[***]";
    }
  }
}
