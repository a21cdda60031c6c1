package kg.sakchy.gateway.server.access;

import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaRight;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * What a request may see.
 *
 * @param actor who sees it, as records name him
 * @param right asked again while something plays
 * @param grant what it allowed when the request came
 */
public record Access(Actor actor, MediaRight right, MediaGrant grant) {
  static Access of(Actor actor, MediaRight right) {
    return new Access(actor, right, right.now());
  }

  /** Whether it covers anything of the camera, so that it may be described and set up. */
  boolean allowsSome() {
    return !grant.isEmpty();
  }

  /** Whether it covers the present. */
  public boolean allowsLive() {
    return grant.live();
  }

  /** The first moment of the recorded time that may be covered; not before 1970. */
  public Instant earliest() {
    TimeRange archive = grant.archive();
    return archive == null || archive.start().isBefore(Instant.EPOCH)
        ? Instant.EPOCH
        : archive.start();
  }

  /**
   * The part of the recorded time that is covered, if the start is.
   *
   * @param start first moment asked for
   * @param end first moment no longer asked for, after {@code start}, or null for all that follows
   * @return from {@code start} to the end asked for or allowed, {@link Instant#MAX} if there is
   *     none; empty if not all of what was asked for is covered
   */
  public Optional<TimeRange> allows(Instant start, @Nullable Instant end) {
    TimeRange archive = grant.archive();
    if (archive == null || !archive.contains(start)) {
      return Optional.empty();
    }
    if (end == null) {
      Instant last = grant.isOpenEnded() ? Instant.MAX : archive.end();
      return Optional.of(new TimeRange(start, last));
    }
    TimeRange asked = new TimeRange(start, end);
    return grant.allows(grant.camera(), asked) ? Optional.of(asked) : Optional.empty();
  }
}
