package kg.sakchy.web.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.RequestBody;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a request what its contract speaks of, for the schema validator.
 *
 * <p>Stands in for the extractor of vertx-openapi, which decodes a query twice (so that the plus of
 * an offset is lost), guesses the type of strings, lets unknown parameters pass, and repeats parts
 * of a malformed body in its message, where a password may stand.
 */
final class ContractRequests implements RequestExtractor {
  /** The query parameters, decoded once, for {@link Call}. */
  static final String QUERY = "sakchy.query";

  private static final String JSON = "application/json";

  @Override
  public Future<ValidatableRequest> extractValidatableRequest(
      RoutingContext context, Operation operation) {
    try {
      return Future.succeededFuture(extract(context, operation));
    } catch (VmsException | HttpException e) {
      return Future.failedFuture(e);
    }
  }

  private static Extracted extract(RoutingContext context, Operation operation) {
    Map<String, String> query = QueryString.parse(context.request().query());
    context.put(QUERY, query);
    Map<String, RequestParameter> inQuery = new HashMap<>();
    Map<String, RequestParameter> inPath = new HashMap<>();
    Map<String, RequestParameter> inHeaders = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (Parameter parameter : operation.getParameters()) {
      String name = parameter.getName();
      switch (parameter.getIn()) {
        case QUERY -> {
          known.add(name);
          inQuery.put(name, value(parameter, query.get(name)));
        }
        case PATH -> inPath.put(name, value(parameter, context.pathParam(name)));
        case HEADER -> inHeaders.put(name, value(parameter, context.request().getHeader(name)));
        case COOKIE -> throw new IllegalStateException("the contract has no cookies");
      }
    }
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw new VmsException(ErrorKind.INVALID_ARGUMENT, "unknown query parameter " + name)
            .with(Problem.FIELD, name);
      }
    }
    return new Extracted(
        inHeaders,
        inPath,
        inQuery,
        new Given(body(context, operation.getRequestBody())),
        isUpload(operation.getRequestBody()) ? MediaType.APPLICATION_OCTET_STREAM : JSON);
  }

  /** Strings go to the validator as JSON text, so that it takes them as they are. */
  private static RequestParameter value(Parameter parameter, @Nullable String text) {
    if (text == null) {
      if (parameter.isRequired()) {
        throw new VmsException(
                ErrorKind.INVALID_ARGUMENT, "the parameter " + parameter.getName() + " is missing")
            .with(Problem.FIELD, parameter.getName());
      }
      return new Given(null);
    }
    return new Given(parameter.getSchemaType() == SchemaType.STRING ? Json.encode(text) : text);
  }

  private static @Nullable Buffer body(RoutingContext context, @Nullable RequestBody expected) {
    if (expected == null) {
      return null;
    }
    Buffer body = context.body().buffer();
    if (body == null || body.length() == 0) {
      if (!expected.isRequired()) {
        return null;
      }
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          isUpload(expected) ? "the request needs a body" : "the request needs a JSON body");
    }
    if (isUpload(expected)) {
      return body; // its content counts, whatever type the client declares
    }
    if (!isJson(context.request())) {
      throw new HttpException(HttpFault.UNSUPPORTED_MEDIA_TYPE.status());
    }
    try {
      Json.decodeValue(body);
    } catch (DecodeException e) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the body is not JSON" + place(e));
    }
    return body;
  }

  /** Whether an operation takes a file as its body, which may be large. */
  static boolean isFile(@Nullable RequestBody expected) {
    return expected != null
        && isUpload(expected)
        && !expected.getOpenAPIModel().getBoolean(Contract.SMALL_BYTES, false);
  }

  /** Whether an operation takes bytes as its body, whatever they mean. */
  static boolean isUpload(@Nullable RequestBody expected) {
    return expected != null
        && expected.getContent().containsKey(MediaType.APPLICATION_OCTET_STREAM);
  }

  private static boolean isJson(HttpServerRequest request) {
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (contentType == null) {
      return false;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals(JSON)
        || (HttpMethod.PATCH.equals(request.method())
            && type.equals("application/merge-patch+json"));
  }

  /** Where the JSON breaks; never what stands there. */
  private static String place(DecodeException e) {
    JsonLocation location =
        e.getCause() instanceof JsonProcessingException cause ? cause.getLocation() : null;
    return location == null
        ? ""
        : ", see line %d column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private record Given(@Nullable Object value) implements RequestParameter {
    @Override
    public @Nullable Object get() {
      return value;
    }
  }

  private record Extracted(
      Map<String, RequestParameter> headers,
      Map<String, RequestParameter> path,
      Map<String, RequestParameter> query,
      RequestParameter body,
      String contentType)
      implements ValidatableRequest {
    @Override
    public Map<String, RequestParameter> getHeaders() {
      return headers;
    }

    @Override
    public Map<String, RequestParameter> getCookies() {
      return Map.of();
    }

    @Override
    public Map<String, RequestParameter> getPathParameters() {
      return path;
    }

    @Override
    public Map<String, RequestParameter> getQuery() {
      return query;
    }

    @Override
    public RequestParameter getBody() {
      return body;
    }

    @Override
    public String getContentType() {
      return contentType;
    }
  }
}
