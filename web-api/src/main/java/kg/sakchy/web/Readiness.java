package kg.sakchy.web;

import java.util.List;

/**
 * What the parts of the server say about themselves.
 *
 * <p>Threads: any; never blocks: answers come from a cache ({@link ReadinessChecks}).
 */
@FunctionalInterface
public interface Readiness {
  /** Every part, in a fixed order. */
  List<Component> components();

  /**
   * One part.
   *
   * @param name for example {@code database}
   * @param ready whether it can do its work
   * @param words one sentence for people; no credentials
   */
  record Component(String name, boolean ready, String words) {}
}
