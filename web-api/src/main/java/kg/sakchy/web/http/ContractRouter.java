package kg.sakchy.web.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Connects the operations of the contract with what answers them: checks requests, asks whether who
 * sends them may, and runs the operations.
 *
 * <p>Threads: handlers run on the event loop. Closing ends calls, downloads and sockets under way.
 */
public final class ContractRouter implements AutoCloseable {
  private static final long LOOK_MILLIS = 1_000;
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private final Vertx vertx;
  private final HttpLimits limits;
  private final HttpMetrics metrics;
  private final VmsClock clock;
  private final Permission permission;
  private final LastingCalls lasting;
  private final Delivery delivery;
  private final SocketUpgrade sockets;
  private final QuietConnections connections;
  private @Nullable Doorkeeper doorkeeper;
  private final AtomicInteger uploads = new AtomicInteger();

  /**
   * @param permission asked before each operation runs, and while it goes on
   */
  public ContractRouter(
      Vertx vertx,
      HttpLimits limits,
      Permission permission,
      MeterRegistry registry,
      VmsClock clock) {
    this.vertx = vertx;
    this.limits = limits;
    this.permission = permission;
    this.clock = clock;
    connections = new QuietConnections(clock, limits.connections().quiet());
    lasting = new LastingCalls(vertx, permission);
    metrics = new HttpMetrics(registry, clock);
    delivery = new Delivery(vertx, limits, permission, lasting, metrics);
    sockets = new SocketUpgrade(vertx, limits.live(), lasting, metrics, clock);
  }

  /**
   * Builds the router.
   *
   * @param contract names the operations, and says whom they answer
   * @param entrance how people come in
   * @param blocking what may block, by operation id
   * @param direct what never blocks, by operation id
   * @param lasting what goes on over a socket, by operation id
   * @return the router; fails when the contract is invalid, or an operation is missing or unknown
   */
  public Future<Router> build(
      Contract contract,
      Entrance entrance,
      Map<String, Operation> blocking,
      Map<String, Operation> direct,
      Map<String, SocketOperation> lasting) {
    Map<String, Admission> admissions = Admission.all(contract);
    vertx.setPeriodic(LOOK_MILLIS, look -> connections.look());
    return contract
        .forRouter(vertx)
        .map(
            loaded -> {
              doorkeeper = new Doorkeeper(vertx, entrance, loaded, admissions, limits, clock);
              return router(loaded, entrance.names(), doorkeeper, blocking, direct, lasting);
            });
  }

  private Router router(
      OpenAPIContract contract,
      OwnNames names,
      Doorkeeper doorkeeper,
      Map<String, Operation> blocking,
      Map<String, Operation> direct,
      Map<String, SocketOperation> lasting) {
    RouterBuilder builder = RouterBuilder.create(vertx, contract, new ContractRequests());
    builder.rootHandler(metrics);
    builder.rootHandler(connections);
    builder.rootHandler(new SecurityHeaders());
    builder.rootHandler(new OriginCheck(names));
    builder.rootHandler(doorkeeper);
    builder.rootHandler(onlyWithBody(TimeoutHandler.create(limits.call().toMillis(), 408)));
    builder.rootHandler(onlyWithBody(bodies(contract)));
    builder.rootHandler(SocketUpgrade.hold());
    Set<String> missing = new TreeSet<>();
    contract.operations().forEach(operation -> missing.add(operation.getOperationId()));
    blocking.forEach((id, operation) -> add(builder, missing, id, block(operation)));
    direct.forEach((id, operation) -> add(builder, missing, id, answerDirectly(operation)));
    lasting.forEach((id, operation) -> add(builder, missing, id, converse(operation)));
    if (!missing.isEmpty()) {
      throw new IllegalStateException("operations nobody answers: " + missing);
    }
    Router router = builder.createRouter();
    Problems.install(router, contract);
    return router;
  }

  private static Handler<RoutingContext> onlyWithBody(Handler<RoutingContext> handler) {
    return context -> {
      if (WITH_BODY.contains(context.request().method())) {
        handler.handle(context);
      } else {
        context.next();
      }
    };
  }

  /** Reads bodies into memory: small ones, and files where the contract says so. */
  private Handler<RoutingContext> bodies(OpenAPIContract contract) {
    BodyHandler small = BodyHandler.create(false).setBodyLimit(limits.bodyBytes());
    BodyHandler large = BodyHandler.create(false).setBodyLimit(limits.uploadBytes());
    return context -> {
      var operation = contract.findOperation(context.request().path(), context.request().method());
      if (operation == null || !ContractRequests.isFile(operation.getRequestBody())) {
        small.handle(context);
        return;
      }
      context.addEndHandler(ended -> uploads.decrementAndGet());
      if (uploads.incrementAndGet() > limits.uploads()) {
        throw new VmsException(
            ErrorKind.RESOURCE_EXHAUSTED, "the server is taking other files just now; try again");
      }
      large.handle(context);
    };
  }

  private void add(RouterBuilder builder, Set<String> missing, String id, Running running) {
    if (!missing.remove(id)) {
      throw new IllegalStateException("no such operation, or answered twice: " + id);
    }
    Objects.requireNonNull(builder.getRoute(id))
        .addHandler(
            context -> {
              context.put(HttpMetrics.OPERATION, id);
              Admitted admitted = new Admitted(id, call(context), context);
              permission.require(id, admitted.call());
              running.run(admitted);
            });
  }

  /** How an operation runs for a request that was let in. */
  private interface Running {
    void run(Admitted request);
  }

  private static Running answerDirectly(Operation operation) {
    return request -> {
      switch (operation.answer(request.call())) {
        case Answer.Content content -> AnswerWriter.write(request.context(), content);
        case Problem problem -> AnswerWriter.write(request.context(), problem);
        case Answer.Download download ->
            throw new IllegalStateException("a download cannot be answered directly");
        case Answer.Events events ->
            throw new IllegalStateException("events cannot be answered directly");
        case Answer.Waiting waiting ->
            throw new IllegalStateException("what waits cannot be answered directly");
      }
    };
  }

  private Running converse(SocketOperation operation) {
    return request -> sockets.upgrade(request, operation);
  }

  private Running block(Operation operation) {
    return request -> delivery.answer(request, () -> operation.answer(request.call()));
  }

  private static Call call(RoutingContext context) {
    HttpServerRequest request = context.request();
    ValidatedRequest validated =
        Objects.requireNonNull(
            context.<ValidatedRequest>get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST));
    RequestParameter body = validated.getBody();
    Map<String, String> query = context.get(ContractRequests.QUERY, Map.of());
    return new Call(
        Map.copyOf(context.pathParams()),
        Map.copyOf(query),
        request.headers(),
        body == null ? new JsonObject() : json(body),
        body == null ? Bytes.EMPTY : upload(body),
        Doorkeeper.client(context),
        AnswerWriter.words(context));
  }

  private static JsonObject json(RequestParameter body) {
    return body.isJsonObject() ? Objects.requireNonNull(body.getJsonObject()) : new JsonObject();
  }

  private static Bytes upload(RequestParameter body) {
    return body.isBuffer()
        ? Bytes.copyOf(Objects.requireNonNull(body.getBuffer()).getBytes())
        : Bytes.EMPTY;
  }

  /** A connection was opened; it is closed when it asks for nothing. */
  public void opened(HttpConnection connection) {
    connections.opened(connection);
  }

  /** Answers requests the HTTP decoder refuses. */
  public static void refuse(HttpServerRequest request) {
    Problems.refuse(request);
  }

  @Override
  public void close() {
    sockets.close();
    if (doorkeeper != null) {
      doorkeeper.close();
    }
    delivery.close();
    lasting.close();
  }
}
