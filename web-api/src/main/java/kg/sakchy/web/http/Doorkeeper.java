package kg.sakchy.web.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.time.Duration;
import java.util.Map;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.Presence;
import kg.sakchy.core.auth.AuthorizationField;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every address: finds out who asks, and lets nobody by whom the contract does not
 * let in. What it says of an address that does not exist is the same.
 *
 * <p>Threads: on the event loop; who somebody is is found out where it may block, so many at a
 * time, and the request waits for that.
 */
final class Doorkeeper implements Handler<RoutingContext>, AutoCloseable {
  private static final String CLIENT = "sakchy.client";
  private static final int AT_A_TIME = 64;

  private final Vertx vertx;
  private final Entrance entrance;
  private final OpenAPIContract contract;
  private final Map<String, Admission> admissions;
  private final Duration patience;
  private final RequestRates rates;
  private final VmsClock clock;
  private final Calls calls = new Calls("entry", AT_A_TIME);

  /**
   * @param admissions of all operations of the contract
   * @param limits how long finding out may take, and how often somebody may ask
   */
  Doorkeeper(
      Vertx vertx,
      Entrance entrance,
      OpenAPIContract contract,
      Map<String, Admission> admissions,
      HttpLimits limits,
      VmsClock clock) {
    this.vertx = vertx;
    this.entrance = entrance;
    this.contract = contract;
    this.admissions = Map.copyOf(admissions);
    patience = limits.call();
    rates = new RequestRates(limits.connections(), clock);
    this.clock = clock;
  }

  /** Whom a request that was let in is from. */
  static Client client(RoutingContext context) {
    Client client = context.get(CLIENT);
    if (client == null) {
      throw new IllegalStateException("a request got by the doorkeeper");
    }
    return client;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    rates.countAddress(address(request));
    Authentication.Shown shown = shown(request);
    Operation operation = contract.findOperation(request.path(), request.method());
    Admission admission = admission(operation);
    if (letsInAnyone(request, operation, admission)) {
      admit(context, shown, null);
      context.next();
      return;
    }
    if (OriginCheck.changes(request)) {
      requireCsrfToken(request, shown);
    }
    identify(context, shown, admission);
  }

  private Admission admission(@Nullable Operation operation) {
    return operation == null
        ? Admission.KNOWN
        : admissions.getOrDefault(operation.getOperationId(), Admission.KNOWN);
  }

  private boolean letsInAnyone(
      HttpServerRequest request, @Nullable Operation operation, Admission admission) {
    if (operation == null) {
      return request.path() != null && entrance.open().contains(request.path());
    }
    return switch (admission) {
      case ANYONE -> true;
      case MEDIA_TOKEN -> SecurityHeaders.carriesToken(request.query());
      case KNOWN -> false;
    };
  }

  /** A key in the head goes before a cookie: browsers add cookies by themselves. */
  private static Authentication.Shown shown(HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      Authentication.Shown shown = AuthorizationField.read(authorization);
      // A password with every request would cost a slow hash each: people open a session.
      return shown instanceof Authentication.NameAndPassword ? new Authentication.Nothing() : shown;
    }
    String secret = HostCookie.SESSION.read(request.headers(), request.isSSL());
    return secret == null ? new Authentication.Nothing() : new Authentication.SessionSecret(secret);
  }

  /** A socket cannot send header fields of its own; its origin was looked at before. */
  private static void requireCsrfToken(HttpServerRequest request, Authentication.Shown shown) {
    if (!SocketUpgrade.isAsked(request)) {
      CsrfToken.require(shown, request.getHeader(CsrfToken.HEADER));
    }
  }

  private void identify(RoutingContext context, Authentication.Shown shown, Admission admission) {
    HttpServerRequest request = context.request();
    String address = address(request);
    if (!request.isEnded()) {
      request.pause();
    }
    calls
        .run(
            vertx,
            vertx.getOrCreateContext(),
            patience,
            () -> Presence.enter(entrance.authentication(), shown, address, clock))
        .map(
            presence -> {
              if (admission != Admission.MEDIA_TOKEN) {
                rates.countAccount(presence.caller().account().value());
              }
              return presence;
            })
        .onSuccess(
            presence -> {
              admit(context, shown, presence);
              goOn(context);
            })
        .onFailure(e -> refuse(context, e));
  }

  private static void admit(
      RoutingContext context, Authentication.Shown shown, @Nullable Presence presence) {
    HttpServerRequest request = context.request();
    context.put(CLIENT, new Client(address(request), request.isSSL(), shown, presence));
  }

  private static String address(HttpServerRequest request) {
    return request.remoteAddress().hostAddress();
  }

  /** The handlers for the body are in place when it flows again; a socket is resumed elsewhere. */
  private static void goOn(RoutingContext context) {
    context.next();
    resume(context.request());
  }

  private static void resume(HttpServerRequest request) {
    if (!request.isEnded() && !SocketUpgrade.isAsked(request)) {
      request.resume();
    }
  }

  private void refuse(RoutingContext context, Throwable failure) {
    HttpServerRequest request = context.request();
    if (VmsException.kindOf(failure) == ErrorKind.UNAUTHENTICATED
        && entrance.pages().contains(String.valueOf(request.path()))
        && HttpMethod.GET.equals(request.method())) {
      AnswerWriter.write(context, Answer.empty(303, Map.of("Location", entrance.signInPage())));
    } else {
      context.fail(failure);
    }
    request.resume();
  }

  @Override
  public void close() {
    calls.close();
  }
}
