package kg.sakchy.gateway.hub;

import java.util.List;
import java.util.function.Consumer;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;

/** A live stream that serves {@link PacketListener}s too. */
public interface PacketSource extends LiveStream {
  /**
   * Runs a short task between two calls of the stream's listeners, with the units since the last
   * key frame, or none if they are not held. Dropped when the gateway is closed.
   *
   * <p>Threads: called from any; the task runs on the stream's event loop.
   */
  void between(Consumer<List<AccessUnit>> task);
}
