package kg.sakchy.web.live;

import io.vertx.core.json.JsonObject;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.SocketOperation;
import kg.sakchy.web.http.Words;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of a media socket: reads what it says and hands it to its viewer.
 *
 * <p>Threads: on the event loop of the socket; {@link #problem} from any.
 */
final class MediaSession implements SocketOperation.Session, Viewer.Complaints {
  private final ClientMessageReader reader = new ClientMessageReader();
  private final Wishes wishes;
  private final Words words;
  private final SocketOperation.Peer peer;
  private final Runnable ended;

  /**
   * @param ended called once when the client is gone
   */
  MediaSession(Wishes wishes, Words words, SocketOperation.Peer peer, Runnable ended) {
    this.wishes = wishes;
    this.words = words;
    this.peer = peer;
    this.ended = ended;
  }

  @Override
  public void received(JsonObject message) {
    try {
      switch (reader.read(message)) {
        case ClientMessage.Play(Wish wish) -> wishes.wish(wish);
        case ClientMessage.Position position -> wishes.position(position);
      }
    } catch (VmsException e) {
      Object sequence = message.getValue("sequence");
      tell(sequence instanceof Number ? sequence : null, e);
    }
  }

  @Override
  public void mediaTaken() {
    wishes.ring();
  }

  @Override
  public void problem(long sequence, Throwable reason) {
    tell(sequence, reason);
  }

  private void tell(@Nullable Object sequence, Throwable reason) {
    peer.send(
        new JsonObject()
            .put("type", "problem")
            .put("sequence", sequence)
            .put("problem", Problem.of(reason).json(words)));
  }

  @Override
  public void closed() {
    wishes.end();
    ended.run();
  }
}
