package kg.sakchy.sim.onvif.recording;

import java.time.Duration;
import java.util.List;

/** A search under way: results that are not fetched yet. Threads: confined to the loop. */
final class Search {
  private final Kind kind;
  private final List<String> results;
  private final Duration keepAlive;
  private int fetched;
  private long touchedNanos;

  /** What it looks for. */
  enum Kind {
    RECORDINGS,
    EVENTS
  }

  /**
   * @param results XML of each
   * @param keepAlive it ends when nobody asks for so long
   */
  Search(Kind kind, List<String> results, Duration keepAlive, long nowNanos) {
    this.kind = kind;
    this.results = results;
    this.keepAlive = keepAlive;
    this.touchedNanos = nowNanos;
  }

  Kind kind() {
    return kind;
  }

  boolean expired(long nowNanos) {
    return nowNanos - touchedNanos > keepAlive.toNanos();
  }

  /** Takes the next results. */
  List<String> fetch(int most, long nowNanos) {
    touchedNanos = nowNanos;
    int end = (int) Math.min(results.size(), (long) fetched + most);
    List<String> part = results.subList(fetched, end);
    fetched = end;
    return part;
  }

  boolean completed() {
    return fetched == results.size();
  }
}
