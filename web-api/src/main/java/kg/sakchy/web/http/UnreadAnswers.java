package kg.sakchy.web.http;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Answers that lie in memory until their clients take them: bounded in all and for each client, and
 * given up when a client takes none for the stall time. A player of HLS that stops reading costs no
 * more than that.
 *
 * <p>Threads: on the event loops of the requests.
 */
final class UnreadAnswers {
  private final Vertx vertx;
  private final HttpLimits limits;
  private final HttpMetrics metrics;
  private final AtomicLong all = new AtomicLong();
  private final Map<String, Long> byClient = new ConcurrentHashMap<>();

  UnreadAnswers(Vertx vertx, HttpLimits limits, HttpMetrics metrics) {
    this.vertx = vertx;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * Sends an answer.
   *
   * @throws VmsException RESOURCE_EXHAUSTED when too much lies here that nobody takes
   */
  void write(Admitted request, Answer.Content content) {
    int bytes = content.body().length();
    String client = request.call().client().key();
    take(client, bytes);
    long timer =
        vertx.setTimer(
            limits.stall().toMillis(),
            late -> {
              metrics.slowReaderCutOff();
              AnswerWriter.breakOff(request.context());
            });
    AnswerWriter.write(request.context(), content)
        .onComplete(
            sent -> {
              vertx.cancelTimer(timer);
              release(client, bytes);
            });
  }

  private void take(String client, int bytes) {
    boolean tooMuch = all.addAndGet(bytes) > limits.unreadBytes();
    long ofClient = byClient.merge(client, (long) bytes, Long::sum);
    if (tooMuch || ofClient > limits.unreadBytesPerClient()) {
      release(client, bytes);
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "too much waits to be read; read it, then ask again");
    }
  }

  private void release(String client, int bytes) {
    all.addAndGet(-bytes);
    byClient.computeIfPresent(client, (key, sum) -> sum == bytes ? null : sum - bytes);
  }
}
