package kg.sakchy.web.http;

import io.vertx.core.http.HttpServerRequest;

/** Who calls. There are no accounts yet, so that the address is all that is known. */
final class Operators {
  private Operators() {}

  /** The name that logs and other operators see. */
  static String of(HttpServerRequest request) {
    return "operator at " + request.remoteAddress().hostAddress();
  }
}
