package kg.sakchy.gateway.server.relay;

import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.gateway.hub.PacketSource;
import kg.sakchy.gateway.server.offer.Offer;

/**
 * The streams being relayed, one relay for each stream and offer.
 *
 * <p>Threads: safe for use by many threads; nothing blocks.
 */
public final class Relays {
  private final RelayContext context;
  private final ConcurrentHashMap<Key, StreamRelay> relays = new ConcurrentHashMap<>();

  /** Readers who were told something else need another relay: after a change of format. */
  private record Key(PacketSource stream, Offer offer) {}

  public Relays(RelayContext context) {
    this.context = context;
  }

  /**
   * Adds a reader to a stream; its events say what comes of it.
   *
   * @param offer what the reader was told of the stream
   */
  public void join(PacketSource stream, Offer offer, RelayReader reader) {
    Key key = new Key(stream, offer);
    StreamRelay relay =
        relays.computeIfAbsent(
            key,
            ignored -> {
              StreamRelay made = new StreamRelay(stream, offer, context, () -> relays.remove(key));
              made.open();
              return made;
            });
    stream.between(
        units -> {
          switch (relay.join(reader, units)) {
            case YES -> {}
            case CLOSED -> join(stream, offer, reader);
            case UNFIT ->
                reader.outlet().execute(() -> reader.giveUp("the camera sends something else now"));
          }
        });
  }

  /** Ends what {@link #join} began; on the loop of the reader's outlet. Idempotent. */
  public void leave(PacketSource stream, Offer offer, RelayReader reader) {
    StreamRelay relay = relays.get(new Key(stream, offer));
    if (reader.leave() && relay != null) {
      stream.between(units -> relay.leave(reader));
    }
  }
}
