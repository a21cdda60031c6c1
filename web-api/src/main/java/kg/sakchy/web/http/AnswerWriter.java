package kg.sakchy.web.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Writes answers that fit into memory. Threads: on the event loop of the request. */
final class AnswerWriter {
  /** RFC 9113 §7. */
  private static final long CANCEL = 8;

  private AnswerWriter() {}

  /** The language the caller asked for. */
  static Words words(RoutingContext context) {
    return Words.accepted(context.request().getHeader("Accept-Language"));
  }

  /**
   * Sends an answer, unless the client is gone or was answered before.
   *
   * @return done when the connection took it, or never will
   */
  static Future<Void> write(RoutingContext context, Answer.Content answer) {
    return send(context, answer.status(), answer.headers(), answer.body());
  }

  /** Sends a problem, unless the client is gone or was answered before. */
  static void write(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (!response.headWritten()) {
      response.putHeader("Content-Type", Problem.MEDIA_TYPE);
      response.putHeader("Cache-Control", "no-store");
    }
    send(context, problem.status(), problem.headers(), problem.document(words(context)));
  }

  /**
   * Ends an answer where it is, so that the client sees that something is missing: its stream where
   * the connection carries others too (RFC 9113 §5.4.2), else the connection.
   */
  static void breakOff(RoutingContext context) {
    if (context.request().version() == HttpVersion.HTTP_2) {
      context.response().reset(CANCEL);
    } else {
      context.request().connection().close();
    }
  }

  private static Future<Void> send(
      RoutingContext context, int status, Map<String, String> headers, Buffer body) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return Future.succeededFuture();
    }
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    return response.end(body);
  }
}
