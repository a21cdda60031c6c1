package kg.sakchy.core.approval;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * For how long and how often something may be done.
 *
 * @param from since then
 * @param until before then; at most {@link #LONGEST} later
 * @param uses how often, 1 to 100. What follows a use within {@link #ONE_USE} belongs to it, so
 *     that a download that broke off can be taken up again
 * @param used how often it was done
 * @param lastUse when the last use began, or null
 * @param over whether its time was seen to be over: it then stays over, also when the clock is set
 *     back
 */
public record Grant(
    Instant from, Instant until, int uses, int used, @Nullable Instant lastUse, boolean over) {
  /** A grant lasts no longer than this. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** How long a use lasts. */
  static final Duration ONE_USE = Duration.ofHours(1);

  private static final int MOST_USES = 100;

  public Grant {
    if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "a grant ends after it begins, within 7 days");
    }
    if (uses < 1 || uses > MOST_USES) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a grant is for 1 to 100 uses");
    }
  }

  /** One that was not used yet. */
  static Grant of(Instant from, Instant until, int uses) {
    return new Grant(from, until, uses, 0, null, false);
  }

  /** Whether the last use goes on: what is done now belongs to it. */
  boolean isInUse(Instant now) {
    return lastUse != null && !now.isBefore(lastUse) && now.isBefore(lastUse.plus(ONE_USE));
  }

  boolean isUsable(Instant now) {
    boolean inTime = !over && !now.isBefore(from) && now.isBefore(until);
    return inTime && (used < uses || isInUse(now));
  }

  Grant used(Instant now) {
    return isInUse(now) ? this : new Grant(from, until, uses, used + 1, now, over);
  }

  Grant at(Instant now) {
    return new Grant(from, until, uses, used, lastUse, over || !now.isBefore(until));
  }
}
