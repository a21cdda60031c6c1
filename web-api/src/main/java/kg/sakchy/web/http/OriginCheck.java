package kg.sakchy.web.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other web sites out.
 *
 * <p>A request must name this server as its host ({@link OwnNames}), so that a name of an attacker
 * that resolves to it (DNS rebinding) gets nothing. A request that changes something, or opens a
 * socket, must not come from a page of another origin.
 */
final class OriginCheck implements Handler<RoutingContext> {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final OwnNames names;

  OriginCheck(OwnNames names) {
    this.names = names;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String host = request.authority() == null ? null : request.authority().toString();
    if (!names.include(host, request.localAddress())) {
      AnswerWriter.write(
          context,
          Problem.of(
              HttpFault.MISDIRECTED_REQUEST,
              "this server does not go by the name in the request; http.names says by which it"
                  + " does"));
    } else if (changes(request) && fromElsewhere(request, host)) {
      AnswerWriter.write(
          context,
          Problem.of(
              HttpFault.PERMISSION_DENIED,
              "a page of another origin may not change anything here"));
    } else {
      context.next();
    }
  }

  /** A socket begins with a GET, and then steers cameras (RFC 6455 §10.2). */
  static boolean changes(HttpServerRequest request) {
    return !SAFE.contains(request.method()) || SocketUpgrade.isAsked(request);
  }

  private static boolean fromElsewhere(HttpServerRequest request, @Nullable String host) {
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    return (origin != null && !sameHost(origin, host))
        || (site != null && !site.equals("same-origin") && !site.equals("none"));
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
