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
    put(context.response().headers());
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

  /** Sets them, for answers that are given before there is a route. */
  static void put(MultiMap headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
