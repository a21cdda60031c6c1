package kg.sakchy.web.http;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A request that satisfies the contract.
 *
 * @param path the path parameters, decoded
 * @param query the query parameters, decoded
 * @param headers the header fields; not changed after the request was read
 * @param body the JSON body; empty when the operation takes none
 * @param upload the file sent as the body; empty when the operation takes none
 * @param client who calls
 * @param words the language of the caller
 */
public record Call(
    Map<String, String> path,
    Map<String, String> query,
    MultiMap headers,
    JsonObject body,
    Bytes upload,
    Client client,
    Words words) {
  /** The path parameter {@code id}. */
  public CameraId camera() {
    return new CameraId(path.getOrDefault("id", ""));
  }

  /**
   * Who asks.
   *
   * @throws VmsException UNAUTHENTICATED where the contract lets in anyone, or who holds a media
   *     token, and nobody is known
   */
  public Caller caller() {
    return client.caller();
  }

  /** The path parameter {@code unit}, which the contract checked to be an integer. */
  public UnitId unit() {
    return new UnitId(pathNumber("unit"));
  }

  /** A path parameter the contract checked to be an integer, written as JSON allows it. */
  public long pathNumber(String name) {
    return new BigDecimal(path.getOrDefault(name, "")).longValueExact();
  }

  /** What the names in the address are of, as records call it; empty for nothing. */
  public String object() {
    if (path.containsKey("id")) {
      return "camera " + path.get("id");
    }
    return path.entrySet().stream()
        .findFirst()
        .map(part -> part.getKey() + " " + part.getValue())
        .orElse("");
  }

  /** A unit named by a field of the body, or another one when it names none. */
  public UnitId unit(String field, UnitId otherwise) {
    Long unit = body.getLong(field);
    return unit == null ? otherwise : new UnitId(unit);
  }

  /** A header field, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** A query parameter, or null. */
  public @Nullable String parameter(String name) {
    return query.get(name);
  }

  /** A query parameter the contract checked to be an integer. */
  public int integer(String name, int otherwise) {
    return (int) number(name, otherwise);
  }

  /** A query parameter the contract checked to be an integer, written as JSON allows it. */
  public long number(String name, long otherwise) {
    String text = query.get(name);
    return text == null ? otherwise : new BigDecimal(text).longValueExact();
  }

  /** A query parameter the contract checked to be {@code true} or {@code false}. */
  public boolean flag(String name, boolean otherwise) {
    String text = query.get(name);
    return text == null ? otherwise : Boolean.parseBoolean(text);
  }

  /** The number of the event a client saw last (HTML Living Standard §9.2.4), or 0. */
  public long lastEventId() {
    String text = header("Last-Event-ID");
    return text == null || text.isEmpty() ? 0 : Long.parseLong(text);
  }

  /** A moment given as a query parameter, or null. */
  public @Nullable Instant moment(String name) {
    return moment(name, name, query.get(name));
  }

  /** A moment given as a field of the body, or null. */
  public @Nullable Instant bodyMoment(String field) {
    return moment(field, "/" + field, body.getString(field));
  }

  private static @Nullable Instant moment(String name, String place, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Rfc3339.parse(text);
    } catch (VmsException e) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, name + " is " + e.getMessage(), e)
          .with(Problem.FIELD, place);
    }
  }
}
