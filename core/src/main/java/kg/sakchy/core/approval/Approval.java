package kg.sakchy.core.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A request for an act that takes two people, with what became of it.
 *
 * @param number names it for ever, from 1
 * @param request what was asked for
 * @param requestedAt when
 * @param due until when somebody must have decided
 * @param state what became of it
 * @param decision of the second person; null before
 * @param grant what may be done; null before it is approved, and of what never was
 */
public record Approval(
    long number,
    ApprovalRequest request,
    Instant requestedAt,
    Instant due,
    State state,
    @Nullable Decision decision,
    @Nullable Grant grant) {
  /** What nobody has decided by then has expired. */
  static final Duration DECIDED_WITHIN = Duration.ofDays(7);

  /** What was done without approval is reviewed within this. */
  static final Duration REVIEWED_WITHIN = Duration.ofDays(2);

  /** For how long who cannot wait may do it. */
  private static final Duration URGENT = Duration.ofHours(4);

  /** What became of a request. */
  public enum State {
    /** Nobody has decided yet. */
    WAITING,
    /** It may be done, as the grant says. */
    GRANTED,
    /** It may not be done. */
    REFUSED,
    /** The requester wants it no more. */
    WITHDRAWN,
    /** Nobody decided in time. */
    EXPIRED,
    /** It may be done at once, and nobody has looked at it yet. */
    URGENT,
    /** As {@link #URGENT}, and nobody has looked at it in time. */
    OVERDUE,
    /** It was urgent, and found right afterwards. */
    CONFIRMED,
    /** It was urgent, and found wrong afterwards. */
    NOT_CONFIRMED;

    /** Lower-case name, as in the API and in tables. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the second person said.
   *
   * @param by who
   * @param at when
   * @param reason why; may be empty for what was approved
   */
  public record Decision(AccountId by, Instant at, String reason) {}

  /** A request that is made now. */
  static Approval asked(long number, ApprovalRequest request, Instant now) {
    return request.urgent()
        ? new Approval(
            number,
            request,
            now,
            now.plus(REVIEWED_WITHIN),
            State.URGENT,
            null,
            Grant.of(now, now.plus(URGENT), 1))
        : new Approval(number, request, now, now.plus(DECIDED_WITHIN), State.WAITING, null, null);
  }

  /** Whether a second person must still look at it. */
  public boolean isOpen() {
    return state == State.WAITING || isUnreviewed();
  }

  /** Whether it was urgent and nobody has looked at it yet. */
  public boolean isUnreviewed() {
    return state == State.URGENT || state == State.OVERDUE;
  }

  /** What may be done under it now, as far as it says itself; null when that is nothing. */
  public @Nullable Grant usable(Instant now) {
    boolean allowed =
        switch (state) {
          case GRANTED, URGENT, CONFIRMED -> true;
          case WAITING, REFUSED, WITHDRAWN, EXPIRED, OVERDUE, NOT_CONFIRMED -> false;
        };
    return allowed && grant != null && grant.isUsable(now) ? grant : null;
  }

  /**
   * What time has made of it. What is over stays over, whatever the clock says later, once this was
   * stored.
   */
  Approval at(Instant now) {
    boolean late = !now.isBefore(due);
    State then =
        switch (state) {
          case WAITING -> late ? State.EXPIRED : state;
          case URGENT -> late ? State.OVERDUE : state;
          case GRANTED, REFUSED, WITHDRAWN, EXPIRED, OVERDUE, CONFIRMED, NOT_CONFIRMED -> state;
        };
    return with(then, decision, grant == null ? null : grant.at(now));
  }

  /**
   * Approved by a second person; of what was urgent the grant stays as it is.
   *
   * @throws VmsException FAILED_PRECONDITION when nothing is to be decided any more
   */
  Approval approved(Decision said, Grant given) {
    requireOpen();
    return isUnreviewed() ? with(State.CONFIRMED, said, grant) : with(State.GRANTED, said, given);
  }

  /** Refused by a second person; as {@link #approved}. */
  Approval refused(Decision said) {
    requireOpen();
    return isUnreviewed()
        ? with(State.NOT_CONFIRMED, said, grant)
        : with(State.REFUSED, said, null);
  }

  /**
   * Not wanted any more.
   *
   * @throws VmsException FAILED_PRECONDITION for what was urgent: somebody must look at it
   */
  Approval withdrawn() {
    return switch (state) {
      case WAITING, GRANTED -> with(State.WITHDRAWN, decision, grant);
      case URGENT, OVERDUE -> throw wrongState("what was urgent is reviewed, not withdrawn");
      case REFUSED, WITHDRAWN, EXPIRED, CONFIRMED, NOT_CONFIRMED ->
          throw wrongState("the request is " + words() + " already");
    };
  }

  /** Used now, once more if the last use has ended. */
  Approval used(Instant now) {
    Grant usable = usable(now);
    if (usable == null) {
      throw new VmsException(ErrorKind.PERMISSION_DENIED, "the approval is not usable any more");
    }
    return with(state, decision, usable.used(now));
  }

  private Approval with(State then, @Nullable Decision said, @Nullable Grant left) {
    return new Approval(number, request, requestedAt, due, then, said, left);
  }

  private void requireOpen() {
    if (!isOpen()) {
      throw wrongState("the request is " + words() + " already");
    }
  }

  private String words() {
    return state.code().replace('_', ' ');
  }

  private static VmsException wrongState(String message) {
    return new VmsException(ErrorKind.FAILED_PRECONDITION, message);
  }
}
