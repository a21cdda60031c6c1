package kg.sakchy.storage.catalogue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.StreamId;
import org.jdbi.v3.core.Handle;

/**
 * The numbers that stand for streams in the database, remembered for as long as it is the same
 * database.
 */
final class StreamNumbers {
  private final Map<StreamId, Integer> known = new ConcurrentHashMap<>();

  /** The number of a stream, if it ever had a segment or a gap. */
  Optional<Integer> find(Handle handle, StreamId stream) {
    Integer number = known.get(stream);
    if (number != null) {
      return Optional.of(number);
    }
    Optional<Integer> stored =
        handle
            .select(
                "select number from streams where camera = ? and name = ?",
                stream.camera().value(),
                stream.name().code())
            .mapTo(Integer.class)
            .findOne();
    stored.ifPresent(found -> known.put(stream, found));
    return stored;
  }

  /** The number of a stream, given out now if it has none. */
  int require(Handle handle, StreamId stream) {
    Optional<Integer> found = find(handle, stream);
    if (found.isEmpty()) {
      handle.execute(
          "insert into streams (camera, name) values (?, ?) on conflict do nothing",
          stream.camera().value(),
          stream.name().code());
      found = find(handle, stream);
    }
    return found.orElseThrow();
  }

  /** Forgets everything: the database may be another one. */
  void forget() {
    known.clear();
  }
}
