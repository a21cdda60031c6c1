package kg.sakchy.recorder.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.time.TimeRange;

/**
 * Remembers gaps that could not be filled, so that cameras are not asked for them again and again;
 * survives a restart.
 *
 * <p>Threads: safe for use by many; writing blocks (disk).
 */
final class FillMemory {
  /** More than this are not kept; the oldest gaps are forgotten, and asked for once more. */
  static final int MOST = 20_000;

  private final FillPolicy policy;
  private final FillJournal journal;
  private final Map<Key, Entry> entries = new HashMap<>();

  /** Which gap. */
  record Key(StreamId stream, TimeRange range) {
    static Key of(Gap gap) {
      return new Key(gap.stream(), gap.range());
    }
  }

  /**
   * What came of it so far.
   *
   * @param gap which
   * @param asked how often the camera had nothing more for it
   * @param failures in a row that may pass
   * @param notBefore when to try again
   * @param reason of the last attempt, one sentence
   */
  record Entry(Key gap, int asked, int failures, Instant notBefore, String reason) {}

  FillMemory(FillPolicy policy, FillJournal journal) {
    this.policy = policy;
    this.journal = journal;
    journal.read().forEach(entry -> entries.put(entry.gap(), entry));
  }

  /** Whether a gap may be tried now. */
  synchronized boolean isDue(Gap gap, Instant now) {
    Entry entry = entries.get(Key.of(gap));
    return entry == null || (!isGivenUp(entry) && !now.isBefore(entry.notBefore()));
  }

  private boolean isGivenUp(Entry entry) {
    return entry.asked() >= policy.mostAsked();
  }

  /**
   * The camera played what it has, and this is still missing.
   *
   * @param from the gap as it was before, whose count this goes on from
   */
  synchronized void nothingMore(Gap from, Gap left, Instant now, String reason) {
    int asked = before(from).map(Entry::asked).orElse(0) + 1;
    Instant next = now.plus(policy.waitToAskAgain(asked));
    remember(new Entry(Key.of(left), asked, 0, next, reason));
  }

  /** An attempt failed. */
  synchronized void failed(Gap from, Gap left, Instant now, VmsException why) {
    Entry before = before(from).orElse(null);
    int asked = before == null ? 0 : before.asked();
    int failures = before == null ? 1 : before.failures() + 1;
    String reason = String.valueOf(why.getMessage());
    remember(
        new Entry(
            Key.of(left),
            asked,
            failures,
            now.plus(policy.waitAfter(why.kind(), failures)),
            reason));
  }

  private Optional<Entry> before(Gap gap) {
    return Optional.ofNullable(entries.get(Key.of(gap)));
  }

  private void remember(Entry entry) {
    entries.put(entry.gap(), entry);
    if (entries.size() > MOST) {
      entries.keySet().stream()
          .min(Comparator.comparing(key -> key.range().start()))
          .ifPresent(entries::remove);
    }
  }

  /** A gap is filled, or is not what it was. */
  synchronized void forget(Gap gap) {
    entries.remove(Key.of(gap));
  }

  /** Forgets gaps of what is not kept any more, and brings the rest to the disk. */
  synchronized void save(Instant keptSince) {
    entries.keySet().removeIf(key -> !key.range().end().isAfter(keptSince));
    journal.write(new ArrayList<>(entries.values()));
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized int givenUp() {
    return (int) entries.values().stream().filter(this::isGivenUp).count();
  }

  /** What is remembered, for tests and people. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }
}
