package kg.sakchy.web.http;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that a session's secret travels in (RFC 6265bis): for this host alone, out of reach of
 * scripts, never sent along from pages of other sites.
 *
 * <p>Over TLS its name begins with {@code __Host-}, so that no neighbour under the same domain and
 * no plain connection can set it. Each kind of connection takes its own name only.
 */
public final class SessionCookie {
  static final String OVER_TLS = "__Host-sakchy";
  static final String PLAIN = "sakchy";

  private static final int MAX_CHARS = 100;
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

  private SessionCookie() {}

  /**
   * The secret that came with a request; null without one, or with several: then somebody else than
   * this server has set one of them.
   */
  static @Nullable String read(HttpServerRequest request) {
    String name = request.isSSL() ? OVER_TLS : PLAIN;
    List<String> values =
        request.headers().getAll(HttpHeaders.COOKIE).stream()
            .flatMap(field -> ServerCookieDecoder.STRICT.decodeAll(field).stream())
            .filter(cookie -> cookie.name().equals(name))
            .map(Cookie::value)
            .toList();
    if (values.size() != 1) {
      return null;
    }
    String value = values.getFirst();
    return value.isEmpty() || value.length() > MAX_CHARS ? null : value;
  }

  /** Value of a Set-Cookie field that keeps a secret until the browser is closed. */
  public static String keep(String secret, boolean encrypted) {
    return (encrypted ? OVER_TLS : PLAIN) + "=" + secret + ATTRIBUTES + secure(encrypted);
  }

  /** Value of a Set-Cookie field that forgets it. */
  public static String forget(boolean encrypted) {
    return keep("", encrypted) + "; Max-Age=0";
  }

  private static String secure(boolean encrypted) {
    return encrypted ? "; Secure" : "";
  }
}
