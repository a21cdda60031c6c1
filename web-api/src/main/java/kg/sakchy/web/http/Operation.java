package kg.sakchy.web.http;

/**
 * One operation of the contract.
 *
 * <p>Threads: called on a virtual thread where it may block, unless registered as direct: then on
 * the event loop, where it must not.
 */
@FunctionalInterface
public interface Operation {
  /**
   * Answers a request that satisfies the contract.
   *
   * @throws kg.sakchy.core.error.VmsException answered as a problem
   */
  Answer answer(Call call);
}
