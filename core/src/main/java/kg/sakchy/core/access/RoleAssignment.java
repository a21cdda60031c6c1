package kg.sakchy.core.access;

import java.time.Instant;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import org.jspecify.annotations.Nullable;

/**
 * A role that an account has over a part of the organisation and of time.
 *
 * @param number names it for ever
 * @param account who has it
 * @param role its name
 * @param unit over this unit and everything below it
 * @param from since then, or null for always
 * @param until before then, or null for ever
 * @param provided whether it came from the identity provider, which also takes it away
 */
public record RoleAssignment(
    long number,
    AccountId account,
    String role,
    UnitId unit,
    @Nullable Instant from,
    @Nullable Instant until,
    boolean provided) {
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public RoleAssignment {
    if (isOutOfTime(from) || isOutOfTime(until)) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "an assignment begins and ends in the years 1970 to 9999");
    }
    if (from != null && until != null && !from.isBefore(until)) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "an assignment of a role ends after it begins");
    }
  }

  private static boolean isOutOfTime(@Nullable Instant moment) {
    return moment != null && (moment.isBefore(EARLIEST) || moment.isAfter(LATEST));
  }

  /** Whether it holds at a moment. */
  public boolean holdsAt(Instant moment) {
    return (from == null || !moment.isBefore(from)) && (until == null || moment.isBefore(until));
  }
}
