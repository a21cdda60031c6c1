package kg.sakchy.web.http;

import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;

/**
 * The one table between {@link ErrorKind} and HTTP status. The first rows are the kinds themselves;
 * the others are finer words HTTP has for some of them.
 */
public enum HttpFault {
  INVALID_ARGUMENT(400, ErrorKind.INVALID_ARGUMENT),
  UNAUTHENTICATED(401, ErrorKind.UNAUTHENTICATED),
  PERMISSION_DENIED(403, ErrorKind.PERMISSION_DENIED),
  NOT_FOUND(404, ErrorKind.NOT_FOUND),
  CONFLICT(409, ErrorKind.CONFLICT),
  FAILED_PRECONDITION(409, ErrorKind.FAILED_PRECONDITION),
  RESOURCE_EXHAUSTED(503, ErrorKind.RESOURCE_EXHAUSTED),
  UNAVAILABLE(503, ErrorKind.UNAVAILABLE),
  TIMEOUT(504, ErrorKind.TIMEOUT),
  /** The caller gave up; nginx's number, since HTTP has none, and nobody reads it. */
  CANCELLED(499, ErrorKind.CANCELLED),
  UNSUPPORTED(501, ErrorKind.UNSUPPORTED),
  DATA_LOSS(500, ErrorKind.DATA_LOSS),
  INTERNAL(500, ErrorKind.INTERNAL),

  METHOD_NOT_ALLOWED(405, ErrorKind.UNSUPPORTED),
  NOT_ACCEPTABLE(406, ErrorKind.UNSUPPORTED),
  REQUEST_TIMEOUT(408, ErrorKind.TIMEOUT),
  PRECONDITION_FAILED(412, ErrorKind.CONFLICT),
  CONTENT_TOO_LARGE(413, ErrorKind.INVALID_ARGUMENT),
  URI_TOO_LONG(414, ErrorKind.INVALID_ARGUMENT),
  UNSUPPORTED_MEDIA_TYPE(415, ErrorKind.UNSUPPORTED),
  RANGE_NOT_SATISFIABLE(416, ErrorKind.INVALID_ARGUMENT),
  EXPECTATION_FAILED(417, ErrorKind.UNSUPPORTED),
  MISDIRECTED_REQUEST(421, ErrorKind.PERMISSION_DENIED),
  UPGRADE_REQUIRED(426, ErrorKind.FAILED_PRECONDITION),
  PRECONDITION_REQUIRED(428, ErrorKind.FAILED_PRECONDITION),
  TOO_MANY_REQUESTS(429, ErrorKind.RESOURCE_EXHAUSTED),
  HEADERS_TOO_LARGE(431, ErrorKind.INVALID_ARGUMENT);

  private final int status;
  private final ErrorKind kind;

  HttpFault(int status, ErrorKind kind) {
    this.status = status;
    this.kind = kind;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  public ErrorKind kind() {
    return kind;
  }

  /** Lower-case name with hyphens, stable: the end of a problem's type. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The row of a kind. */
  public static HttpFault of(ErrorKind kind) {
    return valueOf(kind.name());
  }

  /** The row of a status the HTTP library chose; INVALID_ARGUMENT or INTERNAL if there is none. */
  public static HttpFault ofStatus(int status) {
    for (HttpFault fault : values()) {
      if (fault.status == status) {
        return fault;
      }
    }
    return status >= 400 && status < 500 ? INVALID_ARGUMENT : INTERNAL;
  }
}
