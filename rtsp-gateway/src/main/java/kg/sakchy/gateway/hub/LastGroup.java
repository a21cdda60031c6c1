package kg.sakchy.gateway.hub;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.AccessUnit;

/**
 * The units of a stream since its last key frame, so that a new viewer has a picture at once. Held
 * as they are, not copied. A group that grows too large or finds no memory is let go, and the
 * viewer waits for the next key frame.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class LastGroup {
  /** Eight seconds of 4 Mbit/s. */
  static final long MAX_BYTES = 4 << 20;

  private static final int MAX_UNITS = 2000;

  private final GroupMemory memory;
  private final List<AccessUnit> units = new ArrayList<>();
  private long bytes;

  LastGroup(GroupMemory memory) {
    this.memory = memory;
  }

  /** Adds a unit, or begins anew with it if it is a key frame of the video track. */
  void add(AccessUnit unit, int videoTrack) {
    if (unit.track() == videoTrack && unit.keyFrame()) {
      clear();
    } else if (units.isEmpty()) {
      return;
    }
    int size = unit.data().length;
    if (units.size() == MAX_UNITS || bytes + size > MAX_BYTES || !memory.take(size)) {
      clear();
      return;
    }
    bytes += size;
    units.add(unit);
  }

  void clear() {
    units.clear();
    memory.giveBack(bytes);
    bytes = 0;
  }

  /** The units held, the key frame first; empty if there are none. */
  List<AccessUnit> units() {
    return List.copyOf(units);
  }
}
