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
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  PtzClient(int port, String camera) {
    URI address =
        URI.create("ws://127.0.0.1:" + port + "/api/v1/cameras/" + camera + "/ptz/socket");
    socket = client.newWebSocketBuilder().buildAsync(address, this).join();
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

  /** The next message, which must come. */
  JsonObject next() {
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
      messages.add(new JsonObject(text.toString()));
      text.setLength(0);
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
