package kg.sakchy.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Writes answers that fit into memory. Threads: on the event loop of the request. */
final class AnswerWriter {
  private AnswerWriter() {}

  /** The language the caller asked for. */
  static Words words(RoutingContext context) {
    return Words.accepted(context.request().getHeader("Accept-Language"));
  }

  /** Sends an answer, unless the client is gone or was answered before. */
  static void write(RoutingContext context, Answer.Content answer) {
    send(context, answer.status(), answer.headers(), answer.body());
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

  private static void send(
      RoutingContext context, int status, Map<String, String> headers, Buffer body) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    response.end(body);
  }
}
