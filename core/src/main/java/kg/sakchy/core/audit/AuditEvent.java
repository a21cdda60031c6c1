package kg.sakchy.core.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did, or tried.
 *
 * @param at when, by the server's clock
 * @param actor the account, or {@code system}
 * @param origin how the actor came in and from where
 * @param action what was done
 * @param object what it was done to, such as {@code camera school-5-yard}; empty for none
 * @param reason why, as the actor said, with a case or an order if there is one; empty for none
 * @param result how it ended
 * @param details more of it: names of the action's own, texts without secrets; at most 32, of at
 *     most 1,000 characters each
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
  /** How an act ended. */
  public enum Result {
    DONE,
    REFUSED,
    FAILED
  }

  public AuditEvent {
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
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
