package kg.sakchy.onvif.registration;

import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraImportStore.Entry;
import kg.sakchy.core.device.CameraImports.Row;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** Results of rows as they are kept. Threads: stateless. */
final class RowOutcome {
  private RowOutcome() {}

  /** Of a row that is done with; what the table said is forgotten. */
  static Entry done(int line, Row.Outcome outcome, @Nullable CameraId camera) {
    return new Entry(new Row(line, outcome, camera, null, ""), Map.of());
  }

  /**
   * Of a row that failed. What the table said is kept while another try may help.
   *
   * @param values what the table says
   */
  static Entry failed(int line, VmsException error, Map<String, String> values) {
    Object told = error.context().get(CameraRow.COLUMN);
    return new Entry(
        new Row(
            line,
            Row.Outcome.FAILED,
            null,
            told == null ? column(error) : told.toString(),
            String.valueOf(error.getMessage())),
        mayPass(error) ? values : Map.of());
  }

  private static boolean mayPass(VmsException error) {
    return switch (error.kind()) {
      case UNAVAILABLE, TIMEOUT, RESOURCE_EXHAUSTED, CANCELLED -> true;
      case INVALID_ARGUMENT,
          UNAUTHENTICATED, // cameras lock accounts
          PERMISSION_DENIED,
          NOT_FOUND,
          CONFLICT,
          FAILED_PRECONDITION,
          UNSUPPORTED,
          DATA_LOSS,
          INTERNAL ->
          false;
    };
  }

  private static @Nullable String column(VmsException error) {
    return switch (error.kind()) {
      case UNAUTHENTICATED -> Column.PASSWORD.code();
      case UNAVAILABLE, TIMEOUT, UNSUPPORTED -> Column.ADDRESS.code();
      case INVALID_ARGUMENT,
          PERMISSION_DENIED,
          NOT_FOUND,
          CONFLICT,
          FAILED_PRECONDITION,
          RESOURCE_EXHAUSTED,
          CANCELLED,
          DATA_LOSS,
          INTERNAL ->
          null;
    };
  }
}
