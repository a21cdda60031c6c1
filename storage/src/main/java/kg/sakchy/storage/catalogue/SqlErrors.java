package kg.sakchy.storage.catalogue;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * What the errors of the database, its driver and its pool mean to a caller, by SQLSTATE
 * (PostgreSQL manual, appendix A).
 */
final class SqlErrors {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CHECK_VIOLATION = "23514";

  private SqlErrors() {}

  /**
   * @param doing what failed, as it stands in a sentence: "adding a camera"
   */
  static VmsException map(String doing, Throwable error) {
    if (error instanceof VmsException vms) {
      return vms;
    }
    SQLException sql = find(error, SQLException.class);
    if (sql == null) {
      String why =
          error instanceof FlywayException ? "the schema cannot be brought up to date" : "";
      return new VmsException(
          ErrorKind.INTERNAL, doing + " failed: " + (why.isEmpty() ? error : why), error);
    }
    ErrorKind kind = kind(sql);
    VmsException mapped = new VmsException(kind, doing + " failed: " + words(kind, sql), error);
    return sql.getSQLState() == null ? mapped : mapped.with("sqlState", sql.getSQLState());
  }

  /** Whether the error says that the database cannot be reached, so that everybody should wait. */
  static boolean databaseAway(Throwable error) {
    SQLException sql = find(error, SQLException.class);
    if (sql == null) {
      return false;
    }
    String state = state(sql);
    return sql instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P");
  }

  /** Whether a row met a check; for a partitioned table also: no partition takes it. */
  static boolean checkViolated(VmsException error) {
    SQLException sql = find(error, SQLException.class);
    return sql != null && CHECK_VIOLATION.equals(sql.getSQLState());
  }

  private static ErrorKind kind(SQLException sql) {
    String state = state(sql);
    if (find(sql, SocketTimeoutException.class) != null) {
      return ErrorKind.TIMEOUT;
    }
    return switch (state) {
      case UNIQUE_VIOLATION -> ErrorKind.CONFLICT;
      case "57014" -> ErrorKind.TIMEOUT; // statement_timeout
      case "53100", "53200", "53400" -> ErrorKind.RESOURCE_EXHAUSTED; // disk, memory, limits
      case "53300" -> ErrorKind.UNAVAILABLE; // too many connections
      case "40001", "40P01", "55P03" -> ErrorKind.UNAVAILABLE; // a retry helps
      case "42501" -> ErrorKind.PERMISSION_DENIED;
      case "3D000" -> ErrorKind.FAILED_PRECONDITION; // no such database
      case "25006" -> ErrorKind.UNAVAILABLE; // read-only: a standby before its promotion
      default -> ofClass(state, sql);
    };
  }

  private static ErrorKind ofClass(String state, SQLException sql) {
    String group = state.length() < 2 ? "" : state.substring(0, 2);
    return switch (group) {
      case "08", "57" -> ErrorKind.UNAVAILABLE;
      case "28" -> ErrorKind.UNAUTHENTICATED;
      case "22", "23" -> ErrorKind.INVALID_ARGUMENT;
      case "58" -> ErrorKind.UNAVAILABLE; // input/output error of the server
      case "XX" -> ErrorKind.DATA_LOSS;
      default ->
          sql instanceof SQLTransientConnectionException
              ? ErrorKind.UNAVAILABLE
              : ErrorKind.INTERNAL;
    };
  }

  private static String words(ErrorKind kind, SQLException sql) {
    return switch (kind) {
      case UNAUTHENTICATED -> "the database refused user or password";
      case UNAVAILABLE -> "the database cannot be reached or is not ready: " + firstLine(sql);
      case TIMEOUT -> "the database did not answer in time";
      case CONFLICT -> "there is one already";
      default -> firstLine(sql);
    };
  }

  /** The pool says only that it has no connection; what it wraps says why. */
  private static String firstLine(SQLException sql) {
    String message = String.valueOf(innermost(sql).getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static String state(SQLException sql) {
    String state = innermost(sql).getSQLState();
    return state == null ? "" : state;
  }

  private static SQLException innermost(SQLException sql) {
    SQLException innermost = sql;
    for (Throwable cause = sql; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException inner && inner.getSQLState() != null) {
        innermost = inner;
      }
    }
    return innermost;
  }

  private static <T extends Throwable> @Nullable T find(Throwable error, Class<T> type) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
