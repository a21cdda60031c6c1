package kg.sakchy.web.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other web sites out.
 *
 * <p>A request must name this machine as its host, so that a name of an attacker that resolves to
 * loopback (DNS rebinding) gets nothing. A request that changes something, or opens a socket, must
 * not come from a page of another origin. Loopback only: anything else cannot be told apart from an
 * attacker's name.
 */
final class LocalOnly implements Handler<RoutingContext> {
  private static final Pattern IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\[\\]]+)(:\\d{1,5})?");
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String host = request.authority() == null ? null : request.authority().toString();
    if (!isLocal(host)) {
      AnswerWriter.write(
          context,
          Problem.of(
              HttpFault.MISDIRECTED_REQUEST,
              "this server answers only requests to localhost or a loopback address"));
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

  /** Whether a {@code Host} value names this machine: localhost or a loopback literal. */
  static boolean isLocal(@Nullable String host) {
    if (host == null || host.length() > 300) {
      return false;
    }
    var parts = HOST.matcher(host);
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || IPV4.matcher(name).matches();
  }
}
