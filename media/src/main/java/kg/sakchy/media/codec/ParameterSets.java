package kg.sakchy.media.codec;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Parameter sets of one kind by their id. Threads: confined to one.
 *
 * <p>Their number is limited by the ids that the codecs allow, which the parsers check.
 */
public final class ParameterSets {
  private final NavigableMap<Integer, Bytes> byId = new TreeMap<>();

  /** Whether exactly these bytes are known under that id. */
  public boolean holds(int id, Bytes set) {
    @Nullable Bytes known = byId.get(id);
    return known != null && known.equals(set);
  }

  public void put(int id, Bytes set) {
    byId.put(id, set);
  }

  public void clear() {
    byId.clear();
  }

  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** In the order of their ids. */
  public List<Bytes> all() {
    return List.copyOf(byId.values());
  }
}
