package kg.sakchy.web.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.access.Presence;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs operations where they may block, and brings their answers to the clients. What takes longer
 * than a moment is ended when who asked may not have it any more.
 *
 * <p>Threads: called on the event loop of the request. Closing ends calls and downloads under way.
 */
final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Vertx vertx;
  private final HttpLimits limits;
  private final Permission permission;
  private final LastingCalls lasting;
  private final HttpMetrics metrics;
  private final UnreadAnswers unread;
  private final Calls calls;
  private final Calls downloads;
  private final AtomicInteger waiting = new AtomicInteger();

  Delivery(
      Vertx vertx,
      HttpLimits limits,
      Permission permission,
      LastingCalls lasting,
      HttpMetrics metrics) {
    this.vertx = vertx;
    this.limits = limits;
    this.permission = permission;
    this.lasting = lasting;
    this.metrics = metrics;
    unread = new UnreadAnswers(vertx, limits, metrics);
    calls = new Calls("call", limits.calls());
    downloads = new Calls("download", limits.downloads());
  }

  /** Makes an answer where that may block, and delivers it. */
  void answer(Admitted request, Callable<Answer> work) {
    calls
        .run(vertx, vertx.getOrCreateContext(), limits.call(), work)
        .map(
            answer -> {
              deliver(request, answer); // what it throws is answered too
              return answer;
            })
        .onFailure(request.context()::fail);
  }

  private void deliver(Admitted request, Answer answer) {
    switch (answer) {
      case Answer.Content content -> unread.write(request, content);
      case Problem problem -> AnswerWriter.write(request.context(), problem);
      case Answer.Download download -> begin(request, download);
      case Answer.Events events -> begin(request, events);
      case Answer.Waiting later -> await(request, later);
    }
  }

  private void await(Admitted request, Answer.Waiting later) {
    if (waiting.incrementAndGet() > limits.live().waiting()) {
      waiting.decrementAndGet();
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "too many requests wait for live pictures; try again");
    }
    Future.fromCompletionStage(later.moment(), vertx.getOrCreateContext())
        .onComplete(moment -> waiting.decrementAndGet())
        .onSuccess(moment -> answer(request, () -> stillAllowed(request, later)))
        .onFailure(request.context()::fail);
  }

  /** Who may not see it any more does not get it at the end of his wait either. */
  private Answer stillAllowed(Admitted request, Answer.Waiting later) {
    Presence known = request.call().client().known();
    boolean there = known == null || known.stillHolds();
    if (!there || !permission.holds(request.operation(), request.call())) {
      throw ended();
    }
    return later.answer().get();
  }

  private static VmsException ended() {
    return new VmsException(ErrorKind.PERMISSION_DENIED, LastingCalls.ENDED);
  }

  private void begin(Admitted request, Answer.Events events) {
    RoutingContext context = request.context();
    if (metrics.eventStreams().get() >= limits.live().eventStreams()) {
      context.fail(
          new VmsException(
              ErrorKind.RESOURCE_EXHAUSTED,
              "the server has too many event streams open; try again"));
      return;
    }
    context.put(HttpMetrics.LASTING, true);
    EventStreamWriter writer = new EventStreamWriter(vertx, context, limits.live(), metrics);
    watch(request, writer::end);
    calls
        .run(vertx, vertx.getOrCreateContext(), limits.call(), () -> events.feed().open(writer))
        .onSuccess(writer::opened)
        .onFailure(writer::failed);
  }

  private void begin(Admitted request, Answer.Download download) {
    RoutingContext context = request.context();
    Context loop = vertx.getOrCreateContext();
    DownloadWriter writer = new DownloadWriter(loop, context.response(), download, limits.stall());
    context.response().closeHandler(closed -> writer.abandon());
    context.response().exceptionHandler(e -> writer.abandon());
    watch(
        request,
        () -> {
          writer.abandon(); // reads nothing more, also when the client takes nothing
          loop.runOnContext(v -> AnswerWriter.breakOff(context));
        });
    try {
      downloads.start(() -> run(context, loop, writer));
    } catch (VmsException e) {
      context.fail(e);
    }
  }

  private void watch(Admitted request, Runnable end) {
    Runnable over = lasting.watch(request.operation(), request.call(), end);
    request.context().addEndHandler(ended -> over.run());
  }

  private void run(RoutingContext context, Context loop, DownloadWriter writer) {
    metrics.downloadBegins();
    try {
      metrics.sent(writer.run());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      loop.runOnContext(v -> AnswerWriter.breakOff(context));
    } catch (RuntimeException e) {
      loop.runOnContext(v -> fail(context, writer, e));
    } finally {
      metrics.downloadEnds();
    }
  }

  /**
   * After the head is out, the only honest answer is to break the connection: the client sees that
   * bytes are missing.
   */
  private static void fail(RoutingContext context, DownloadWriter writer, RuntimeException e) {
    if (!writer.headSent()) {
      context.fail(e);
      return;
    }
    if (VmsException.kindOf(e) == ErrorKind.CANCELLED) {
      LOG.debug("{}: {}", context.request().path(), e.getMessage());
    } else {
      Problems.log(context.request(), Problems.of(e), e);
    }
    AnswerWriter.breakOff(context);
  }

  @Override
  public void close() {
    calls.close();
    downloads.close();
  }
}
