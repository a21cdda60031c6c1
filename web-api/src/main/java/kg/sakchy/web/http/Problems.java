package kg.sakchy.web.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Path;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns everything that goes wrong into a problem: exceptions of operations, of the contract and of
 * the HTTP library. The one place where foreign exceptions of this module are mapped.
 */
final class Problems implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final OpenAPIContract contract;

  private Problems(OpenAPIContract contract) {
    this.contract = contract;
  }

  /** Answers every failure on {@code router} with a problem. */
  static void install(Router router, OpenAPIContract contract) {
    Problems problems = new Problems(contract);
    router.route().failureHandler(problems);
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 417, 431, 500, 503}) {
      router.errorHandler(status, problems);
    }
  }

  @Override
  public void handle(RoutingContext context) {
    Problem problem = problem(context);
    if (problem.status() >= 500) {
      log(context.request(), problem, context.failure());
    }
    AnswerWriter.write(context, problem);
  }

  private Problem problem(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure != null && !(failure instanceof HttpException)) {
      return of(failure);
    }
    if (failure instanceof HttpException && failure.getCause() instanceof ValidatorException e) {
      return ContractViolation.of(e);
    }
    int status =
        failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
    return switch (HttpFault.ofStatus(status)) {
      case NOT_FOUND -> Problem.of(HttpFault.NOT_FOUND, "there is nothing at this address");
      case METHOD_NOT_ALLOWED -> notAllowed(context.request());
      case CONTENT_TOO_LARGE ->
          Problem.of(HttpFault.CONTENT_TOO_LARGE, "the body of the request is too large");
      case UNSUPPORTED_MEDIA_TYPE ->
          Problem.of(HttpFault.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json");
      case REQUEST_TIMEOUT ->
          Problem.of(HttpFault.REQUEST_TIMEOUT, "the body of the request did not arrive in time");
      case HttpFault fault -> Problem.of(fault, "the request cannot be served: " + fault.slug());
    };
  }

  /** What an exception says to a caller; what is not a {@link VmsException} says nothing. */
  static Problem of(Throwable failure) {
    return switch (failure) {
      case VmsException e
          when e.context().get(VmsException.RETRY_AFTER_SECONDS) instanceof Long seconds ->
          new Problem(
              HttpFault.TOO_MANY_REQUESTS,
              String.valueOf(e.getMessage()),
              List.of(),
              Map.of("Retry-After", Long.toString(seconds)));
      case VmsException e when retryHelps(e.kind()) ->
          new Problem(
              HttpFault.of(e.kind()),
              String.valueOf(e.getMessage()),
              List.of(),
              Map.of("Retry-After", "2"));
      case VmsException e when e.kind() == ErrorKind.UNAUTHENTICATED ->
          new Problem(
              HttpFault.UNAUTHENTICATED,
              String.valueOf(e.getMessage()),
              List.of(),
              Map.of("WWW-Authenticate", "Bearer realm=\"Sakchy\""));
      case VmsException e -> Problem.of(e);
      case HttpClosedException e ->
          Problem.of(HttpFault.CANCELLED, "the client left before its request was whole");
      case TimeoutException e ->
          Problem.of(HttpFault.TIMEOUT, "the server could not answer in time; try again later");
      default -> Problem.of(HttpFault.INTERNAL, "a fault of the server; its log holds the reason");
    };
  }

  private static boolean retryHelps(ErrorKind kind) {
    return kind == ErrorKind.UNAVAILABLE || kind == ErrorKind.RESOURCE_EXHAUSTED;
  }

  /** One line for what is named; the whole chain for what has a foreign cause or no name at all. */
  static void log(HttpServerRequest request, Problem problem, @Nullable Throwable failure) {
    String line = failure instanceof VmsException e ? e.toLogLine() : problem.detail();
    boolean named = failure instanceof VmsException && failure.getCause() == null;
    LOG.atWarn()
        .addKeyValue("method", request.method())
        .addKeyValue("path", request.path())
        .addKeyValue("status", problem.status())
        .setCause(named ? null : failure)
        .log(line);
  }

  private Problem notAllowed(HttpServerRequest request) {
    Path path = contract.findPath(request.path());
    String allowed =
        path == null
            ? "GET"
            : path.getOperations().stream()
                .map(operation -> operation.getHttpMethod().name())
                .sorted()
                .collect(Collectors.joining(", "));
    return new Problem(
        HttpFault.METHOD_NOT_ALLOWED,
        "this address takes " + allowed,
        List.of(),
        Map.of("Allow", allowed));
  }

  /** Answers requests the HTTP decoder refuses: too long, or no HTTP at all. */
  static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    HttpFault fault =
        switch (cause) {
          case TooLongHttpLineException e -> HttpFault.URI_TOO_LONG;
          case TooLongHttpHeaderException e -> HttpFault.HEADERS_TOO_LARGE;
          case null, default -> HttpFault.INVALID_ARGUMENT;
        };
    HttpServerResponse response = request.response().setStatusCode(fault.status());
    SecurityHeaders.put(response.headers(), request.isSSL());
    response
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Connection", "close")
        .end(Problem.of(fault, "not a request this server can read").document(Words.EN))
        .onComplete(done -> request.connection().close());
  }
}
