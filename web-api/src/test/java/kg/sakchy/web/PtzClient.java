package kg.sakchy.web;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A joystick: the other end of the socket. */
final class PtzClient implements WebSocket.Listener, AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonObject> holds = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  PtzClient(int port, String camera) {
    this(port, camera, null);
  }

  /**
   * @param account who steers; null for who may do everything
   */
  PtzClient(int port, String camera, @Nullable String account) {
    URI address =
        URI.create("ws://127.0.0.1:" + port + "/api/v1/cameras/" + camera + "/ptz/socket");
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (account != null) {
      builder.header("Authorization", "Bearer " + account);
    }
    socket = builder.buildAsync(address, this).join();
  }

  void send(String message) {
    socket.sendText(message, true).join();
  }

  void sendBinary() {
    socket.sendBinary(java.nio.ByteBuffer.allocate(4), true).join();
  }

  /** Leaves without a word. */
  void abort() {
    socket.abort();
  }

  /** The next message, which must come; who has the dome is told by {@link #hold}. */
  JsonObject next() {
    return next(messages);
  }

  /** Who has the dome, which must be told. */
  JsonObject hold() {
    return next(holds);
  }

  private static JsonObject next(BlockingQueue<JsonObject> messages) {
    try {
      JsonObject message = messages.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a message waits to be read. */
  boolean hasNext() {
    return !messages.isEmpty();
  }

  /** The status the server closed with. */
  int closeStatus() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      JsonObject message = new JsonObject(text.toString());
      text.setLength(0);
      ("hold".equals(message.getString("type")) ? holds : messages).add(message);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(-1);
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    client.close();
  }
}
