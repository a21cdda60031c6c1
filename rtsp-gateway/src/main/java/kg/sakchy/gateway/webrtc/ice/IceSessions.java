package kg.sakchy.gateway.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is meant by a datagram: a check names its session, everything else is known by where it comes
 * from. An address belongs to the session whose check came from there last.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class IceSessions {
  /** A browser checks from each of its addresses; more than this is no browser. */
  private static final int MAX_PATHS = 16;

  private final Map<String, Entry> byUfrag = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Entry> byAddress = new ConcurrentHashMap<>();

  /** A session and its addresses; changed on the port's loop only. */
  private static final class Entry {
    private final IceSession session;
    private int addresses;
    private volatile boolean gone;

    Entry(IceSession session) {
      this.session = session;
    }
  }

  public void add(String ufrag, IceSession session) {
    byUfrag.put(ufrag, new Entry(session));
  }

  public void remove(String ufrag) {
    Entry entry = byUfrag.remove(ufrag);
    if (entry != null) {
      entry.gone = true;
      byAddress.values().removeIf(other -> other == entry);
    }
  }

  @Nullable IceSession named(String ufrag) {
    Entry entry = byUfrag.get(ufrag);
    return entry == null ? null : entry.session;
  }

  @Nullable IceSession at(InetSocketAddress address) {
    Entry entry = byAddress.get(address);
    return entry == null ? null : entry.session;
  }

  /** Remembers where a session's check came from; false when it has too many addresses. */
  boolean remember(String ufrag, InetSocketAddress address) {
    Entry entry = byUfrag.get(ufrag);
    if (entry == null) {
      return false;
    }
    if (byAddress.get(address) != entry) {
      if (entry.addresses == MAX_PATHS) {
        return false;
      }
      entry.addresses++;
      byAddress.put(address, entry);
      if (entry.gone) { // ended meanwhile, by another thread
        byAddress.remove(address, entry);
      }
    }
    return true;
  }
}
