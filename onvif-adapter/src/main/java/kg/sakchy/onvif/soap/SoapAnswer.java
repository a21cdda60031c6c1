package kg.sakchy.onvif.soap;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * What a camera answered, once it is known to be SOAP.
 *
 * @param <T> what the reader makes of the body
 */
sealed interface SoapAnswer<T> {
  /** The body was what was asked for. */
  record Result<T>(T value) implements SoapAnswer<T> {}

  /** The camera refused. */
  record Refusal<T>(SoapFault fault) implements SoapAnswer<T> {}

  /**
   * Reads an answer.
   *
   * @param messageId of the request, compared with what an addressed answer relates to
   * @param reader given a cursor on the operation's answer element
   * @throws VmsException DATA_LOSS if it is no answer to this request; NOT_FOUND, UNAVAILABLE or
   *     UNSUPPORTED if it is no SOAP
   */
  static <T> SoapAnswer<T> read(
      HttpAnswer answer, SoapRequest request, String messageId, Function<XmlCursor, T> reader) {
    if (isWebPage(answer)) {
      throw webPage(answer);
    }
    if (answer.body().length == 0) {
      throw notSoap(answer, "an empty answer");
    }
    XmlCursor cursor;
    try {
      cursor = XmlCursor.open(answer.body(), answer.contentType());
    } catch (VmsException e) {
      throw answer.status() == 200 ? e : notSoap(answer, "no SOAP");
    }
    if (!cursor.name().equals("Envelope")) {
      throw notSoap(answer, "no SOAP");
    }
    for (XmlCursor part : cursor.children()) {
      if (part.name().equals("Header")) {
        checkRelation(part, messageId);
      } else if (part.name().equals("Body")) {
        return body(part, request, reader);
      }
    }
    throw new VmsException(ErrorKind.DATA_LOSS, "the camera's answer has no body");
  }

  private static void checkRelation(XmlCursor header, String messageId) {
    for (XmlCursor field : header.children()) {
      if (field.name().equals("RelatesTo")) {
        String related = field.text();
        if (!related.isEmpty() && !related.equals(messageId)) {
          throw new VmsException(
              ErrorKind.DATA_LOSS, "the camera answers a request that is not ours");
        }
      }
    }
  }

  private static <T> SoapAnswer<T> body(
      XmlCursor body, SoapRequest request, Function<XmlCursor, T> reader) {
    for (XmlCursor content : body.children()) {
      if (content.name().equals("Fault")) {
        return new Refusal<>(SoapFault.read(content));
      }
      if (!content.name().equalsIgnoreCase(request.operation() + "Response")) {
        throw new VmsException(
                ErrorKind.DATA_LOSS, "the camera answers another question than was asked")
            .with("asked", request.operation())
            .with("answered", content.name());
      }
      return new Result<>(reader.apply(content));
    }
    throw new VmsException(ErrorKind.DATA_LOSS, "the camera's answer is empty");
  }

  private static boolean isWebPage(HttpAnswer answer) {
    String start =
        new String(
                answer.body(), 0, Math.min(answer.body().length, 512), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    return start.contains("<html") || start.contains("<!doctype html");
  }

  private static VmsException webPage(HttpAnswer answer) {
    return notSoap(answer, "a web page instead of SOAP");
  }

  /** What the status says, where the content says nothing. */
  private static VmsException notSoap(HttpAnswer answer, String what) {
    int status = answer.status();
    ErrorKind kind =
        switch (status) {
          case 401 -> ErrorKind.UNAUTHENTICATED;
          case 403 -> ErrorKind.PERMISSION_DENIED;
          case 404, 405, 410 -> ErrorKind.NOT_FOUND;
          default -> status >= 500 ? ErrorKind.UNAVAILABLE : ErrorKind.UNSUPPORTED;
        };
    String hint =
        kind == ErrorKind.NOT_FOUND || kind == ErrorKind.UNSUPPORTED
            ? ": is ONVIF switched on, and are port and path right?"
            : "";
    return new VmsException(kind, "the camera answers " + status + " with " + what + hint);
  }
}
