package kg.sakchy.sim.onvif.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import org.jspecify.annotations.Nullable;

/** One subscription: its term, what waits for the subscriber. Threads: confined to the loop. */
final class Subscription {
  private static final int MAX_QUEUED = 100;

  private final String id;
  private final TopicFilter filter;
  private final Duration term;
  private final @Nullable NotifyClient consumer;
  private final Deque<String> queue = new ArrayDeque<>();
  private long expiresNanos;
  private @Nullable Pull pull;

  /**
   * A long poll under way.
   *
   * @param limit most messages of its answer
   */
  record Pull(SoapAnswer.Later answer, int limit, ScheduledFuture<?> timer) {}

  /**
   * @param term how long it lives at first, and after each sign of life
   * @param consumer null for a pull point
   */
  Subscription(String id, TopicFilter filter, Duration term, @Nullable NotifyClient consumer) {
    this.id = id;
    this.filter = filter;
    this.term = term;
    this.consumer = consumer;
  }

  String id() {
    return id;
  }

  TopicFilter filter() {
    return filter;
  }

  @Nullable NotifyClient consumer() {
    return consumer;
  }

  Duration term() {
    return term;
  }

  /** It lives until then, on the monotonic clock. */
  void expiresAt(long nanos) {
    expiresNanos = nanos;
  }

  long expiresNanos() {
    return expiresNanos;
  }

  boolean expired(long nowNanos) {
    return nowNanos - expiresNanos >= 0;
  }

  /** Keeps a message for the subscriber; the oldest is lost if there are too many. */
  void queue(String message) {
    queue.add(message);
    if (queue.size() > MAX_QUEUED) {
      queue.remove();
    }
  }

  boolean hasMessages() {
    return !queue.isEmpty();
  }

  /** Takes messages out. */
  List<String> take(int limit) {
    List<String> taken = new ArrayList<>(Math.min(limit, queue.size()));
    while (taken.size() < limit && !queue.isEmpty()) {
      taken.add(queue.remove());
    }
    return taken;
  }

  void pull(Pull newPull) {
    pull = newPull;
  }

  /** Takes the long poll out, its timer stopped; null if there is none. */
  @Nullable Pull takePull() {
    Pull taken = pull;
    pull = null;
    if (taken != null) {
      taken.timer().cancel(false);
    }
    return taken;
  }

  boolean isPulling(SoapAnswer.Later answer) {
    return pull != null && pull.answer().answer() == answer.answer();
  }
}
