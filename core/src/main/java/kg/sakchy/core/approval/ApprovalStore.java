package kg.sakchy.core.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;

/**
 * Keeps requests and what became of them, for ever. Times keep microseconds.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached.
 */
public interface ApprovalStore {
  /** So many requests of an account may wait for somebody at a time. */
  int MOST_OPEN = 50;

  /** A number for a new request, never given before. */
  long nextNumber();

  /**
   * Adds a request.
   *
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND without the account; RESOURCE_EXHAUSTED
   *     when {@link #MOST_OPEN} of it wait already
   */
  void create(Approval asked);

  Optional<Approval> find(long number);

  /**
   * Changes a request; of several at the same time each sees what the one before made of it. What
   * {@code change} throws is thrown here, and nothing is changed.
   *
   * @return as it is now
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND
   */
  Approval change(long number, UnaryOperator<Approval> change);

  /**
   * What somebody asked for, the newest first.
   *
   * @param before only numbers below it
   * @param limit at most this many, 1 to 1000
   */
  List<Approval> ofRequester(AccountId requester, long before, int limit);

  /**
   * What somebody must still look at ({@link Approval#isOpen()}), the oldest first.
   *
   * @param after only numbers above it
   * @param limit at most this many, 1 to 1000
   */
  List<Approval> open(long after, int limit);

  /**
   * What somebody was granted of a camera and is not seen to be over, the newest first, at most
   * 100. Whether it is usable it says itself.
   */
  List<Approval> granted(AccountId requester, CameraId camera);

  /**
   * What time has changed and nobody has stored yet: requests that wait and are due, and grants
   * whose time is over.
   *
   * @param limit at most this many, 1 to 1000
   */
  List<Approval> lapsed(Instant now, int limit);
}
