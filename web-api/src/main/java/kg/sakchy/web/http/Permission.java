package kg.sakchy.web.http;

/**
 * Says whether an operation may run for who calls it. The router asks before each runs, and again
 * while it goes on.
 *
 * <p>Threads: safe for use by many threads; answers from memory, does not block.
 */
public interface Permission {
  /**
   * Lets an operation run.
   *
   * @param operation its id in the contract
   * @throws kg.sakchy.core.error.VmsException UNAUTHENTICATED when nobody knows who calls;
   *     PERMISSION_DENIED when he may not; NOT_FOUND when he may not even know what it is about
   */
  void require(String operation, Call call);

  /** Whether what an operation has begun may go on. */
  boolean holds(String operation, Call call);
}
