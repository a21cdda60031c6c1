package kg.sakchy.server.cli;

import kg.sakchy.core.error.ErrorKind;

/**
 * Error kinds as exit codes, after BSD's {@code sysexits.h}; 2 is picocli's for a malformed command
 * line.
 */
final class ExitCodes {
  private ExitCodes() {}

  static int of(ErrorKind kind) {
    return switch (kind) {
      case INVALID_ARGUMENT -> 78; // EX_CONFIG
      case UNAVAILABLE, TIMEOUT, UNSUPPORTED -> 69; // EX_UNAVAILABLE
      case CONFLICT, FAILED_PRECONDITION -> 75; // EX_TEMPFAIL: a busy port, a directory in use
      case NOT_FOUND -> 66; // EX_NOINPUT
      case UNAUTHENTICATED, PERMISSION_DENIED -> 77; // EX_NOPERM
      case RESOURCE_EXHAUSTED, DATA_LOSS -> 74; // EX_IOERR
      case CANCELLED -> 130;
      case INTERNAL -> 70; // EX_SOFTWARE
    };
  }
}
