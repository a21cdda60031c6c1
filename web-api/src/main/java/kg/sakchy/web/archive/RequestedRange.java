package kg.sakchy.web.archive;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Rfc3339;

/** The range {@code from} to {@code to} of a call. */
final class RequestedRange {
  private RequestedRange() {}

  /**
   * Reads and checks it.
   *
   * @param longest longer ranges are refused
   * @throws VmsException INVALID_ARGUMENT that names the parameter at fault
   */
  static TimeRange of(Call call, Duration longest, Instant now) {
    Instant from = required(call, "from");
    Instant to = required(call, "to");
    if (!from.isBefore(to)) {
      throw invalid("to", "the range must end after it begins: " + from + " to " + to);
    }
    if (Duration.between(from, to).compareTo(longest) > 0) {
      throw invalid("to", "a range may be at most " + words(longest) + " long; ask piece by piece");
    }
    if (from.isAfter(now)) {
      throw invalid(
          "from", "the range begins in the future: now it is " + Rfc3339.format(now) + " UTC");
    }
    return new TimeRange(from, to);
  }

  private static Instant required(Call call, String name) {
    Instant moment = call.moment(name);
    if (moment == null) {
      throw invalid(name, name + " is missing");
    }
    return moment;
  }

  private static String words(Duration duration) {
    return duration.toDays() > 1 ? duration.toDays() + " days" : duration.toHours() + " hours";
  }

  private static VmsException invalid(String parameter, String message) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, message).with(Problem.FIELD, parameter);
  }
}
