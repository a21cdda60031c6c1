package kg.sakchy.web;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.InitSegment;
import org.jspecify.annotations.Nullable;

/** A player without a screen: the other end of the media socket. */
final class MediaClient implements WebSocket.Listener, AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private final WebSocket socket;
  private @Nullable InitSegment init;
  private volatile boolean reading = true;

  /** What came: an object, or media. */
  sealed interface Message {
    record Text(JsonObject object) implements Message {}

    record Init(InitSegment segment) implements Message {}

    record Media(List<FragmentSample> samples, int sizeBytes) implements Message {}
  }

  MediaClient(int port, String camera) {
    this(port, camera, "");
  }

  MediaClient(int port, String camera, String query) {
    this(port, camera, query, null);
  }

  /**
   * @param account who watches; null for who may do everything
   */
  MediaClient(int port, String camera, String query, @Nullable String account) {
    URI address =
        URI.create("ws://127.0.0.1:" + port + "/api/v1/cameras/" + camera + "/media" + query);
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (account != null) {
      builder.header("Authorization", "Bearer " + account);
    }
    socket = builder.buildAsync(address, this).join();
  }

  void send(String message) {
    socket.sendText(message, true).join();
  }

  void play(int sequence, String more) {
    send(
        "{\"type\":\"play\",\"sequence\":%d,\"codecs\":[\"avc1.640033\",\"mp4a.40.2\"]%s}"
            .formatted(sequence, more));
  }

  void playAt(int sequence, Object at) {
    play(sequence, ",\"at\":\"" + at + "\"");
  }

  void position(int sequence, double seconds) {
    send("{\"type\":\"position\",\"sequence\":%d,\"mediaTime\":%s}".formatted(sequence, seconds));
  }

  /** Takes nothing from the network any more. */
  void stopReading() {
    reading = false;
  }

  /** Reads again. */
  void goOnReading() {
    reading = true;
    socket.request(1);
  }

  /** The next message, which must come. */
  Message next() {
    try {
      Message message = messages.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message of a type; media and others before it are passed over. */
  JsonObject next(String type) {
    while (true) {
      if (next() instanceof Message.Text(JsonObject object)
          && type.equals(object.getString("type"))) {
        return object;
      }
    }
  }

  /** Media that comes next; texts before it are passed over. */
  Message.Media media() {
    while (true) {
      if (next() instanceof Message.Media media) {
        return media;
      }
    }
  }

  /** Samples of the first track until so many have come. */
  List<FragmentSample> samples(int count) {
    List<FragmentSample> samples = new ArrayList<>();
    while (samples.size() < count) {
      samples.addAll(media().samples());
    }
    return samples;
  }

  InitSegment init() {
    while (true) {
      if (next() instanceof Message.Init(InitSegment segment)) {
        return segment;
      }
    }
  }

  /** Everything that has come and was not looked at. */
  List<Message> rest() {
    List<Message> rest = new ArrayList<>();
    messages.drainTo(rest);
    return rest;
  }

  /** The status the server closed with. */
  int closeStatus() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      messages.add(new Message.Text(new JsonObject(text.toString())));
      text.setLength(0);
    }
    more(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    binary.writeBytes(bytes);
    if (last) {
      messages.add(media(ByteBuffer.wrap(binary.toByteArray())));
      binary.reset();
    }
    more(from);
    return null;
  }

  private Message media(ByteBuffer bytes) {
    InitSegment known = init;
    if (known == null || bytes.getInt(4) == 0x66747970) { // ftyp
      InitSegment begun = InitSegment.parse(bytes);
      init = begun;
      return new Message.Init(begun);
    }
    return new Message.Media(FragmentSamples.list(bytes, known), bytes.remaining());
  }

  private void more(WebSocket from) {
    if (reading) {
      from.request(1);
    }
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
