package kg.sakchy.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * An operation of the contract that goes on over a WebSocket (RFC 6455), in text messages that are
 * JSON objects; the server may also send media in binary messages.
 *
 * <p>Threads: everything here is called on the event loop of the socket and must not block.
 */
@FunctionalInterface
public interface SocketOperation {
  /**
   * A client has come.
   *
   * @param call the request that asked for the socket
   * @param peer the client
   */
  Session open(Call call, Peer peer);

  /** What is done with what the client sends. */
  interface Session {
    void received(JsonObject message);

    /** Media that was unread has gone to the client; {@link Peer#isBehind} may have changed. */
    default void mediaTaken() {}

    /** The client is gone, or was sent away. Called once. */
    void closed();
  }

  /** The client's end. Threads: safe for use by many threads. */
  interface Peer {
    /** Sends a message; a client that does not read in time is cut off. */
    void send(JsonObject message);

    /** Sends a message that the next of its kind replaces: left out while the client is behind. */
    void sendIfQuick(JsonObject message);

    /**
     * Sends a binary message, whatever else is unread: who sends media asks {@link #isBehind}
     * before.
     */
    void sendMedia(Buffer media);

    /** Whether so much media is on its way to the client that no more should follow just now. */
    boolean isBehind();

    /** Runs {@code work} on the event loop soon, also when the client is gone by then. */
    void onLoop(Runnable work);

    /** Closes with a status of RFC 6455 §7.4 and a reason of at most 100 characters. */
    void close(int status, String reason);

    /** Runs {@code work} on the event loop after a while, unless the timer is closed before. */
    Timer after(Duration delay, Runnable work);
  }

  /** Work that waits for its time. */
  interface Timer extends AutoCloseable {
    /** The work is not done any more. Idempotent. */
    @Override
    void close();
  }
}
