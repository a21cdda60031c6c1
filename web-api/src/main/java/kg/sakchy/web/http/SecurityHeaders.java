package kg.sakchy.web.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Headers every answer has, so that a browser trusts nothing here more than it must. */
final class SecurityHeaders implements Handler<RoutingContext> {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self';"
          + " media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  @Override
  public void handle(RoutingContext context) {
    put(context.response().headers(), context.request().isSSL());
    if (carriesToken(context.request().query())) {
      share(context.response().headers());
    }
    context.next();
  }

  /**
   * Whether a media token is given. What is answered to it needs no other right, so that it may be
   * shown by pages of other origins; nothing but media takes one.
   */
  static boolean carriesToken(@Nullable String query) {
    return query != null && (query.startsWith("token=") || query.contains("&token="));
  }

  private static void share(MultiMap headers) {
    headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    headers.set("Access-Control-Allow-Origin", "*");
  }

  /**
   * Sets them, for answers that are given before there is a route.
   *
   * @param encrypted whether the client came over TLS; it shall never come without it any more (RFC
   *     6797)
   */
  static void put(MultiMap headers, boolean encrypted) {
    if (encrypted) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
