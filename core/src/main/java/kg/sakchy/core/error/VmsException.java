package kg.sakchy.core.error;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this project: a kind, a sentence for people, and the facts needed to find
 * the cause.
 *
 * <p>Foreign exceptions are mapped to it at the edge of the module that uses the library, in one
 * class. Messages and context never hold credentials; URLs are redacted before they get here.
 * Immutable after it was thrown; {@link #with} is for the thrower only.
 */
public final class VmsException extends RuntimeException {
  /**
   * Name of the fact, a {@code Long}, that tells whoever asks too often in how many seconds he is
   * heard again.
   */
  public static final String RETRY_AFTER_SECONDS = "retryAfterSeconds";

  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final transient Map<String, Object> context = new LinkedHashMap<>();

  public VmsException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  public VmsException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public ErrorKind kind() {
    return kind;
  }

  /** Adds a fact (camera, peer, CSeq, byte offset, at most 64 bytes of hex) and returns this. */
  public VmsException with(String name, Object value) {
    context.put(name, value);
    return this;
  }

  /** The facts in the order they were added. */
  public Map<String, Object> context() {
    return Map.copyOf(context);
  }

  /** The kind, the message and the facts in one line, for logs. */
  public String toLogLine() {
    return kind.code() + ": " + getMessage() + (context.isEmpty() ? "" : " " + context);
  }

  /** The kind of any throwable: that of a {@link VmsException}, else {@link ErrorKind#INTERNAL}. */
  public static ErrorKind kindOf(Throwable error) {
    return error instanceof VmsException vms ? vms.kind() : ErrorKind.INTERNAL;
  }
}
