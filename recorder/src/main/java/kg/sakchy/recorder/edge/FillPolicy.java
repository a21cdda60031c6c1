package kg.sakchy.recorder.edge;

import java.time.Duration;
import kg.sakchy.core.error.ErrorKind;

/**
 * How eagerly gaps are filled.
 *
 * @param settle how long after its end a gap is left alone, so that the camera is really back and
 *     has its recording in order
 * @param mostAtOnce cameras asked at a time
 * @param bytesPerSecond most media fetched over all cameras
 * @param askAgain first wait after the camera had nothing more; doubles
 * @param mostAsked how often a camera is asked for a gap that it cannot fill
 * @param retry first wait after a failure that may pass; doubles
 * @param longestRetry longest such wait
 * @param refused wait after the camera refused the login, because cameras lock accounts
 * @param unsupported wait after a camera said that it records nothing
 */
public record FillPolicy(
    Duration settle,
    int mostAtOnce,
    long bytesPerSecond,
    Duration askAgain,
    int mostAsked,
    Duration retry,
    Duration longestRetry,
    Duration refused,
    Duration unsupported) {
  public static final FillPolicy DEFAULTS =
      new FillPolicy(
          Duration.ofSeconds(15),
          2,
          4L << 20,
          Duration.ofMinutes(10),
          3,
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  /**
   * How long to wait after a failure.
   *
   * @param failures in a row, 1 or more
   */
  Duration waitAfter(ErrorKind kind, int failures) {
    return switch (kind) {
      case UNAUTHENTICATED, PERMISSION_DENIED -> refused;
      case UNSUPPORTED -> unsupported;
      case UNAVAILABLE,
          TIMEOUT,
          CANCELLED,
          RESOURCE_EXHAUSTED,
          CONFLICT,
          INTERNAL,
          NOT_FOUND,
          INVALID_ARGUMENT,
          FAILED_PRECONDITION,
          DATA_LOSS ->
          doubled(retry, failures, longestRetry);
    };
  }

  /**
   * How long to wait after the camera had nothing more.
   *
   * @param asked how often it was asked, 1 or more
   */
  Duration waitToAskAgain(int asked) {
    return doubled(askAgain, asked, unsupported);
  }

  private static Duration doubled(Duration first, int times, Duration most) {
    Duration wait = first.multipliedBy(1L << Math.clamp(times - 1, 0, 16));
    return wait.compareTo(most) > 0 ? most : wait;
  }
}
