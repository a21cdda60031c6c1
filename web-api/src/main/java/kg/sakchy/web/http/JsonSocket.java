package kg.sakchy.web.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.limit.TokenBucket;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * One socket: JSON objects as text messages, bounded in size, rate and in what the client leaves
 * unread; and media, of which only the amount on its way is counted.
 *
 * <p>Threads: {@link SocketOperation.Peer} from any; the rest on the event loop of the socket.
 */
final class JsonSocket implements SocketOperation.Peer {
  private static final int UNSUPPORTED_DATA = 1003;
  private static final int POLICY_VIOLATION = 1008;
  private static final int SILENT_BEATS = 3;

  private final Vertx vertx;
  private final Context loop;
  private final ServerWebSocket socket;
  private final LiveLimits limits;
  private final HttpMetrics metrics;
  private final TokenBucket rate;
  private final AtomicLong unread = new AtomicLong();
  private final AtomicLong unreadMedia = new AtomicLong();
  private SocketOperation.@Nullable Session session;
  private long heartbeat = -1;
  private int silentBeats;
  private final AtomicBoolean closing = new AtomicBoolean();
  private boolean over;

  JsonSocket(
      Vertx vertx, ServerWebSocket socket, LiveLimits limits, HttpMetrics metrics, VmsClock clock) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.socket = socket;
    this.limits = limits;
    this.metrics = metrics;
    int messages = limits.messagesPerSecond();
    rate = new TokenBucket(clock, new TokenBucket.Rate(messages, 2 * messages));
  }

  /** Lets the operation begin; {@code ended} runs once, after the session was closed. */
  void begin(Call call, SocketOperation operation, Runnable ended) {
    SocketOperation.Session begun = operation.open(call, this);
    session = begun;
    socket.frameHandler(this::heard);
    socket.pongHandler(pong -> silentBeats = 0);
    socket.textMessageHandler(text -> received(begun, text));
    socket.binaryMessageHandler(data -> close(UNSUPPORTED_DATA, "messages are JSON text"));
    socket.exceptionHandler(e -> socket.close());
    socket.closeHandler(
        v -> {
          finish();
          ended.run();
        });
    heartbeat = vertx.setPeriodic(limits.heartbeat().toMillis(), beat -> beat());
  }

  /** The session ends with the decision to close, not when the client has agreed to it. */
  private void finish() {
    over = true;
    vertx.cancelTimer(heartbeat);
    SocketOperation.Session ending = session;
    session = null;
    if (ending != null) {
      ending.closed();
    }
  }

  private void heard(WebSocketFrame frame) {
    silentBeats = 0;
    if (!rate.take()) {
      close(POLICY_VIOLATION, "too many messages");
    }
  }

  private void beat() {
    silentBeats++;
    if (silentBeats > SILENT_BEATS) {
      close(POLICY_VIOLATION, "no sign of life");
    } else {
      socket.writePing(Buffer.buffer());
    }
  }

  private void received(SocketOperation.Session to, String text) {
    if (over || closing.get()) {
      return;
    }
    try {
      to.received(new JsonObject(text));
    } catch (DecodeException e) {
      VmsException malformed =
          new VmsException(ErrorKind.INVALID_ARGUMENT, "the message is no JSON object");
      send(
          new JsonObject()
              .put("type", "problem")
              .putNull("sequence")
              .put("problem", Problem.of(malformed).json(Words.EN)));
    }
  }

  @Override
  public void send(JsonObject message) {
    String text = message.encode();
    if (closing.get()) {
      return;
    }
    if (unread.addAndGet(text.length()) > limits.backlogBytes()) {
      metrics.slowReaderCutOff();
      close(POLICY_VIOLATION, "messages are not read");
    } else {
      write(text);
    }
  }

  @Override
  public void sendIfQuick(JsonObject message) {
    if (unread.get() == 0) {
      send(message);
    }
  }

  private void write(String text) {
    loop.runOnContext(
        v -> {
          if (!over) {
            socket.writeTextMessage(text).onComplete(taken -> unread.addAndGet(-text.length()));
          }
        });
  }

  @Override
  public void sendMedia(Buffer media) {
    int size = media.length();
    unreadMedia.addAndGet(size);
    loop.runOnContext(
        v -> {
          if (over) {
            unreadMedia.addAndGet(-size);
          } else {
            // A message in one frame: the size that a client may send is no bound here.
            socket
                .writeFrame(WebSocketFrame.binaryFrame(media, true))
                .onComplete(taken -> mediaTaken(size));
          }
        });
  }

  private void mediaTaken(int size) {
    unreadMedia.addAndGet(-size);
    SocketOperation.Session to = session;
    if (to != null) {
      to.mediaTaken();
    }
  }

  @Override
  public boolean isBehind() {
    return unreadMedia.get() > limits.mediaBacklogBytes();
  }

  @Override
  public void onLoop(Runnable work) {
    loop.runOnContext(v -> work.run());
  }

  @Override
  public void close(int status, String reason) {
    if (closing.compareAndSet(false, true)) {
      loop.runOnContext(
          v -> {
            finish();
            socket.close((short) status, reason);
          });
    }
  }

  @Override
  public SocketOperation.Timer after(Duration delay, Runnable work) {
    long timer = vertx.setTimer(Math.max(1, delay.toMillis()), due -> work.run());
    return () -> vertx.cancelTimer(timer);
  }
}
