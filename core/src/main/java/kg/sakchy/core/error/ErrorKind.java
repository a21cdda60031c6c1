package kg.sakchy.core.error;

/**
 * What went wrong, in the coarse classes that decide how every protocol answers and whether a retry
 * can help.
 *
 * <p>The stable spelling of a kind in answers, metric labels and logs is {@link #code()}.
 */
public enum ErrorKind {
  /** The caller's words are malformed or out of range; the same call will fail again. */
  INVALID_ARGUMENT,
  /** No credentials, or wrong ones. */
  UNAUTHENTICATED,
  /** Known caller, missing right. */
  PERMISSION_DENIED,
  /** The named thing does not exist. */
  NOT_FOUND,
  /** The thing exists already, or was changed by somebody else in between. */
  CONFLICT,
  /** The call is fine but the state of the system forbids it now. */
  FAILED_PRECONDITION,
  /** A quota, a buffer or a disk is full. */
  RESOURCE_EXHAUSTED,
  /** A peer (camera, database, object store) cannot be reached; a retry may help. */
  UNAVAILABLE,
  /** A peer did not answer in time; a retry may help. */
  TIMEOUT,
  /** The caller gave up. */
  CANCELLED,
  /** Valid, but not supported by this server: a codec, a transport, a protocol version. */
  UNSUPPORTED,
  /** Stored or received data is broken or missing. */
  DATA_LOSS,
  /** A fault of this program. */
  INTERNAL;

  /** Lower-case name with hyphens, stable across versions: {@code invalid-argument}. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
