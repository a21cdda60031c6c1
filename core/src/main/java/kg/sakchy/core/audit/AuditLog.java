package kg.sakchy.core.audit;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * The record of acts, in the order in which they were written: without holes, each bound to the one
 * before it. Nothing in it is ever changed; what is older than the retention goes by whole days,
 * from the beginning.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached: the act that
 * was to be recorded must then not happen.
 */
public interface AuditLog {
  /**
   * Writes what happened or is about to happen outside of the database. Durable when it returns; in
   * the course of {@link #inOneAct} on the same thread it becomes a part of that act.
   */
  void append(AuditEvent event);

  /**
   * Does something in the database and writes it in the same transaction: both are there or
   * neither. Calls of other ports of the catalogue made by {@code act} on this thread belong to the
   * transaction, and what they tell listeners is told after the commit. Acts may nest: all of them
   * are one transaction. When the act fails, that it was tried is written by itself ({@link
   * AuditEvent#failed}).
   *
   * @param event what is written when the act is done
   * @return what the act returned
   */
  <T> T inOneAct(AuditEvent event, Supplier<T> act);

  /** Records that match, the newest first. */
  List<Entry> find(Query query);

  /**
   * A record with its place.
   *
   * @param number from 1, without holes
   * @param event what happened
   */
  record Entry(long number, AuditEvent event) {}

  /**
   * What to look for.
   *
   * @param actor of this account, or null for all
   * @param object done to this, or null for all
   * @param actions of these kinds; empty for all
   * @param range whose {@code at} lies in it
   * @param before only numbers below it: the last number of the page before; {@link Long#MAX_VALUE}
   *     for the first page
   * @param limit at most this many, 1 to 1000
   */
  record Query(
      @Nullable String actor,
      @Nullable String object,
      Set<AuditAction> actions,
      TimeRange range,
      long before,
      int limit) {
    public Query {
      actions = Set.copyOf(actions);
    }
  }
}
