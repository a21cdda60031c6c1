package kg.sakchy.web.http;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that a secret travels in (RFC 6265bis): for this host alone, out of reach of scripts,
 * never sent along from pages of other sites.
 *
 * <p>Over TLS its name begins with {@code __Host-}, so that no neighbour under the same domain and
 * no plain connection can set it. Each kind of connection takes its own name only.
 */
public final class HostCookie {
  /** The secret of a session. */
  public static final HostCookie SESSION = new HostCookie("sakchy");

  /** The ticket of a sign-in at the identity provider. */
  public static final HostCookie PROVIDER_TICKET = new HostCookie("sakchy-provider");

  private static final String OVER_TLS = "__Host-";
  private static final int MAX_CHARS = 100;
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

  private final String plainName;

  private HostCookie(String plainName) {
    this.plainName = plainName;
  }

  /**
   * The value that came with a request; null without one, or with several: then somebody else than
   * this server has set one of them.
   *
   * @param headers of the request
   * @param encrypted whether it came over TLS
   */
  public @Nullable String read(MultiMap headers, boolean encrypted) {
    String name = name(encrypted);
    List<String> values =
        headers.getAll(HttpHeaders.COOKIE).stream()
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

  /** Value of a Set-Cookie field that keeps it until the browser is closed. */
  public String keep(String value, boolean encrypted) {
    return name(encrypted) + "=" + value + ATTRIBUTES + (encrypted ? "; Secure" : "");
  }

  /** Value of a Set-Cookie field that keeps it for a while. */
  public String keep(String value, Duration life, boolean encrypted) {
    return keep(value, encrypted) + "; Max-Age=" + life.toSeconds();
  }

  /** Value of a Set-Cookie field that forgets it. */
  public String forget(boolean encrypted) {
    return keep("", Duration.ZERO, encrypted);
  }

  private String name(boolean encrypted) {
    return encrypted ? OVER_TLS + plainName : plainName;
  }
}
