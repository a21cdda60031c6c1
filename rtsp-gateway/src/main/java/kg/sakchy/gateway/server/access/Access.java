package kg.sakchy.gateway.server.access;

import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * What a request may see.
 *
 * @param grant the rights of a media token, or null for all of the camera
 */
public record Access(@Nullable MediaGrant grant) {
  /** Live and recorded, without an end. */
  static final Access ALL = new Access(null);

  /** Whether it covers anything of a camera, so that it may be described and set up. */
  public boolean allowsSome(CameraId camera) {
    return grant == null
        || (grant.camera().equals(camera) && (grant.live() || grant.archive() != null));
  }

  public boolean allowsLive(CameraId camera) {
    return grant == null || grant.allowsLive(camera);
  }

  /** The first moment of the recorded time that may be covered. */
  public Instant earliest() {
    TimeRange archive = grant == null ? null : grant.archive();
    return archive == null ? Instant.EPOCH : archive.start();
  }

  /**
   * The part of the recorded time that is covered, if the start is.
   *
   * @param start first moment asked for
   * @param end first moment no longer asked for, after {@code start}, or null for all that follows
   * @return from {@code start} to the end asked for or allowed; empty if not all of what was asked
   *     for is covered
   */
  public Optional<TimeRange> allows(CameraId camera, Instant start, @Nullable Instant end) {
    if (grant == null) {
      return Optional.of(new TimeRange(start, end == null ? Instant.MAX : end));
    }
    TimeRange archive = grant.archive();
    if (archive == null || !archive.contains(start)) {
      return Optional.empty();
    }
    TimeRange asked = new TimeRange(start, end == null ? archive.end() : end);
    return grant.allows(camera, asked) ? Optional.of(asked) : Optional.empty();
  }
}
