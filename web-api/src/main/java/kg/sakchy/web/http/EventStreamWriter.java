package kg.sakchy.web.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one client for as long as both sides want (HTML Living Standard §9.2).
 *
 * <p>What was sent and not yet taken by the connection is counted; over the limit the client is cut
 * off. Comments keep the connection alive while nothing happens.
 *
 * <p>Threads: the methods of {@link EventFeed.Sink} from any; the rest on the event loop of the
 * request.
 */
final class EventStreamWriter implements EventFeed.Sink {
  private static final Buffer BEGIN = Buffer.buffer("retry: 2000\n\n");
  private static final Buffer SIGN_OF_LIFE = Buffer.buffer(":\n\n");

  private final Vertx vertx;
  private final Context loop;
  private final RoutingContext context;
  private final LiveLimits limits;
  private final HttpMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long unread;
  private volatile boolean over;
  private boolean closed;
  private long heartbeat = -1;
  private EventFeed.@Nullable Subscription subscription;

  EventStreamWriter(Vertx vertx, RoutingContext context, LiveLimits limits, HttpMetrics metrics) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.context = context;
    this.limits = limits;
    this.metrics = metrics;
    context.response().closeHandler(gone -> close());
    context.response().exceptionHandler(e -> close());
    metrics.eventStreams().incrementAndGet();
  }

  /** The feed is open. */
  void opened(EventFeed.Subscription opened) {
    if (closed) {
      opened.close();
      return;
    }
    subscription = opened;
    if (over) {
      return; // the feed has ended already; the end of the answer closes it
    }
    begin();
    heartbeat = vertx.setPeriodic(limits.heartbeat().toMillis(), beat -> queue(SIGN_OF_LIFE));
  }

  /** The feed could not be opened: a problem if nothing was sent, else a broken connection. */
  void failed(Throwable reason) {
    over = true;
    if (context.response().headWritten()) {
      AnswerWriter.breakOff(context);
    } else {
      context.fail(reason);
    }
    close();
  }

  @Override
  public void send(ServerEvent event) {
    queue(event.text());
  }

  private void queue(Buffer text) {
    lock.lock();
    try {
      if (over) {
        return;
      }
      unread += text.length();
      if (unread > limits.backlogBytes()) {
        cutOff();
      } else {
        loop.runOnContext(v -> write(text)); // under the lock, so that the order is one
      }
    } finally {
      lock.unlock();
    }
  }

  private void cutOff() {
    over = true;
    changed.signalAll();
    metrics.slowReaderCutOff();
    loop.runOnContext(
        v -> {
          close();
          AnswerWriter.breakOff(context);
        });
  }

  @Override
  public void awaitTaken() {
    lock.lock();
    try {
      while (unread > 0 && !over) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the server stopped waiting for a client", e);
    } finally {
      lock.unlock();
    }
  }

  private void taken(int bytes) {
    lock.lock();
    try {
      unread -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end() {
    loop.runOnContext(
        v -> {
          HttpServerResponse response = context.response();
          over = true;
          if (!response.ended() && !response.closed()) {
            begin();
            response.end().onComplete(sent -> close());
          }
        });
  }

  private void begin() {
    HttpServerResponse response = context.response();
    if (!response.headWritten() && !response.closed()) {
      response.setChunked(true).putHeader("Content-Type", "text/event-stream");
      response.write(BEGIN);
    }
  }

  private void write(Buffer text) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed() || closed) {
      return;
    }
    begin();
    response.write(text).onComplete(done -> taken(text.length()));
  }

  private void close() {
    over = true;
    if (closed) {
      return;
    }
    closed = true;
    taken(0);
    metrics.eventStreams().decrementAndGet();
    vertx.cancelTimer(heartbeat);
    if (subscription != null) {
      subscription.close();
    }
  }
}
