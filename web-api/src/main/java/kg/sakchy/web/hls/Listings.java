package kg.sakchy.web.hls;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Archive;
import org.jspecify.annotations.Nullable;

/**
 * The listings that go on and were asked for lately, so that a playlist that is loaded again costs
 * what is new. Forgetting one costs time only: it is made again, with the same numbers. One with an
 * end is loaded once by a player, and is not kept.
 *
 * <p>Threads: safe for use by many threads.
 */
final class Listings {
  private static final int MOST = 64;

  /** Of 48 bytes each. */
  private static final int MOST_SEGMENTS = 500_000;

  private final Archive archive;
  private final Map<Key, Listing> listings = new LinkedHashMap<>(16, 0.75f, true);

  Listings(Archive archive) {
    this.archive = archive;
  }

  /**
   * What a listing is known by.
   *
   * @param stream whose
   * @param from see {@link Listing}
   * @param end see {@link Listing}
   */
  record Key(StreamId stream, Instant from, @Nullable Instant end) {}

  /** The listing of a key; nothing is read yet. */
  synchronized Listing get(Key key, Instant now) {
    Listing known = listings.get(key);
    if (known != null) {
      return known;
    }
    Listing made = new Listing(archive, key.stream(), key.from(), key.end(), now);
    if (made.isOpen()) {
      listings.put(key, made);
      forgetEldest();
    }
    return made;
  }

  private void forgetEldest() {
    long segments = listings.values().stream().mapToLong(Listing::size).sum();
    Iterator<Listing> eldest = listings.values().iterator();
    while (eldest.hasNext() && (listings.size() > MOST || segments > MOST_SEGMENTS)) {
      segments -= eldest.next().size();
      eldest.remove();
    }
  }
}
