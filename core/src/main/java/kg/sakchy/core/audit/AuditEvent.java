package kg.sakchy.core.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did, or tried. Texts are made storable ({@link StorableText}) and cut at
 * their limits, so that no act fails because it has too much to say.
 *
 * @param at when, by the server's clock; finer than microseconds is cut off
 * @param actor the account, or {@code system}; 200 characters
 * @param origin how the actor came in and from where; 300 characters
 * @param action what was done
 * @param object what it was done to, such as {@code camera school-5-yard}; empty for none; 300
 *     characters
 * @param reason why, as the actor said, with a case or an order if there is one; empty for none;
 *     1,000 characters
 * @param result how it ended
 * @param details more of it: names of the action's own (100 characters), texts without secrets
 *     (1,000 characters); the first 32
 */
public record AuditEvent(
    Instant at,
    String actor,
    String origin,
    AuditAction action,
    String object,
    String reason,
    Result result,
    SortedMap<String, String> details) {
  /** The actor of what the server does by itself. */
  public static final String SYSTEM = "system";

  private static final int ACTOR = 200;
  private static final int PLACE = 300;
  private static final int WORDS = 1_000;
  private static final int DETAILS = 32;
  private static final int NAME = 100;

  /** How an act ended. */
  public enum Result {
    DONE,
    REFUSED,
    FAILED;

    /** Lower-case name, as in the API and in tables. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AuditEvent {
    at = at.truncatedTo(ChronoUnit.MICROS);
    actor = StorableText.of(actor, ACTOR);
    origin = StorableText.of(origin, PLACE);
    object = StorableText.of(object, PLACE);
    reason = StorableText.of(reason, WORDS);
    details = kept(details);
  }

  private static SortedMap<String, String> kept(SortedMap<String, String> details) {
    SortedMap<String, String> kept = new TreeMap<>();
    details.entrySet().stream()
        .limit(DETAILS)
        .forEach(
            detail ->
                kept.put(
                    StorableText.of(detail.getKey(), NAME),
                    StorableText.of(detail.getValue(), WORDS)));
    return Collections.unmodifiableSortedMap(kept);
  }

  /** The same act, which did not succeed: refused for want of a right, or failed. */
  public AuditEvent failed(Throwable why) {
    ErrorKind kind = VmsException.kindOf(why);
    Result how =
        switch (kind) {
          case UNAUTHENTICATED, PERMISSION_DENIED -> Result.REFUSED;
          case INVALID_ARGUMENT,
              NOT_FOUND,
              CONFLICT,
              FAILED_PRECONDITION,
              RESOURCE_EXHAUSTED,
              UNAVAILABLE,
              TIMEOUT,
              CANCELLED,
              UNSUPPORTED,
              DATA_LOSS,
              INTERNAL ->
              Result.FAILED;
        };
    return new AuditEvent(at, actor, origin, action, object, reason, how, details)
        .with("problem", kind.code());
  }

  /** The same with one more detail; nothing is added for null. */
  public AuditEvent with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    SortedMap<String, String> more = new TreeMap<>(details);
    more.put(name, value.toString());
    return new AuditEvent(at, actor, origin, action, object, reason, result, more);
  }

  /** An act without a reason and details. */
  public static AuditEvent of(
      Instant at, String actor, String origin, AuditAction action, String object, Result result) {
    return new AuditEvent(at, actor, origin, action, object, "", result, new TreeMap<>(Map.of()));
  }
}
