package kg.sakchy.recorder.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.AccessUnit;

/**
 * The group of pictures in which a stretch begins, as far as it lies before the stretch: what is
 * inside cannot be decoded without it.
 *
 * <p>Threads: confined to the replay's thread.
 */
final class LeadIn {
  /** Longer groups are not held; the stretch then begins with the next key frame. */
  static final Duration LONGEST = Duration.ofSeconds(15);

  private static final long MAX_BYTES = 16 << 20;

  private final List<Held> units = new ArrayList<>();
  private long bytes;
  private Instant latest = Instant.MIN;

  /**
   * A video unit before the stretch.
   *
   * @param at when it was taken, by the server's clock
   */
  record Held(AccessUnit unit, Instant at) {}

  /** Takes a video unit that lies before the stretch. */
  void hold(AccessUnit unit, Instant at) {
    if (unit.keyFrame()) {
      clear();
    } else if (units.isEmpty()) {
      return;
    }
    bytes += unit.data().length;
    if (bytes > MAX_BYTES || !follows(at)) {
      clear();
      return;
    }
    units.add(new Held(unit, at));
    latest = at.isAfter(latest) ? at : latest;
  }

  /** Whether what is held goes on, without a hole, with a unit at this time. */
  boolean reaches(Instant at) {
    return !units.isEmpty() && follows(at);
  }

  private boolean follows(Instant at) {
    return units.isEmpty()
        || (Duration.between(latest, at).abs().compareTo(Filling.HOLE) <= 0
            && Duration.between(units.getFirst().at(), at).compareTo(LONGEST) <= 0);
  }

  /** What is held, the key frame first; nothing is held afterwards. */
  List<Held> takeAll() {
    List<Held> taken = List.copyOf(units);
    clear();
    return taken;
  }

  void clear() {
    units.clear();
    bytes = 0;
    latest = Instant.MIN;
  }
}
