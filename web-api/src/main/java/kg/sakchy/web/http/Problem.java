package kg.sakchy.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * An error as an answer (RFC 9457).
 *
 * @param fault status and kind
 * @param detail one sentence for people; no credentials
 * @param errors the fields at fault, if the caller's words are
 * @param headers of the answer, beside the content type
 */
public record Problem(
    HttpFault fault, String detail, List<FieldError> errors, Map<String, String> headers)
    implements Answer {
  /** Name of the fact of a {@link VmsException} that tells which field or parameter is at fault. */
  public static final String FIELD = "field";

  /** Media type of the document. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  /**
   * What is wrong with one field.
   *
   * @param field name of a parameter, or JSON pointer into the body
   * @param message for people
   */
  public record FieldError(String field, String message) {}

  public static Problem of(HttpFault fault, String detail) {
    return new Problem(fault, detail, List.of(), Map.of());
  }

  /** A problem with one field. */
  public static Problem ofField(String field, String detail) {
    return new Problem(
        HttpFault.of(ErrorKind.INVALID_ARGUMENT),
        detail,
        List.of(new FieldError(field, detail)),
        Map.of());
  }

  /** What this exception says to a caller. Its cause and facts stay here. */
  public static Problem of(VmsException e) {
    String detail = e.getMessage() == null ? e.kind().code() : e.getMessage();
    return e.context().get(FIELD) instanceof String field
        ? ofField(field, detail)
        : of(HttpFault.of(e.kind()), detail);
  }

  /** What any failure says to a caller: only a {@link VmsException} tells its reason. */
  public static Problem of(Throwable failure) {
    return Problems.of(failure);
  }

  @Override
  public int status() {
    return fault.status();
  }

  /** The document, with its title in the caller's language. */
  public Buffer document(Words words) {
    return json(words).toBuffer();
  }

  /** The document as a tree. */
  public JsonObject json(Words words) {
    JsonObject document =
        new JsonObject()
            .put("type", "urn:sakchy:problem:" + fault.slug())
            .put("title", words.text("problem." + fault.slug()))
            .put("status", fault.status())
            .put("detail", detail)
            .put("code", fault.kind().code());
    if (!errors.isEmpty()) {
      JsonArray list = new JsonArray();
      errors.forEach(
          e -> list.add(new JsonObject().put("field", e.field()).put("message", e.message())));
      document.put("errors", list);
    }
    return document;
  }
}
