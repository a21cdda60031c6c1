package kg.sakchy.web.hls;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.media.hls.Directives;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a playlist is asked for.
 *
 * @param stream whose
 * @param from the moment to begin with, or null for the present
 * @param end where it ends, or null when it goes on with the present
 * @param directives of delivery
 * @param query what media addresses end with, so that they carry the caller's right
 */
record PlaylistRequest(
    StreamId stream,
    @Nullable Instant from,
    @Nullable Instant end,
    Directives directives,
    String query) {
  /**
   * Reads a call and asks for the right to it.
   *
   * @throws VmsException INVALID_ARGUMENT that names the parameter at fault; UNAUTHENTICATED and
   *     PERMISSION_DENIED as {@link MediaRights} says
   */
  static PlaylistRequest of(Call call, StreamName name, MediaRights rights, Instant now) {
    StreamId stream = new StreamId(call.camera(), name);
    Directives directives = Directives.parse(call.query());
    Instant from = call.moment("from");
    Instant to = call.moment("to");
    if (from == null) {
      if (to != null) {
        throw invalid("to", "a playlist of the present has no end; give from as well");
      }
      rights.requireLive(call);
      return new PlaylistRequest(stream, null, null, directives, query(call));
    }
    if (from.isAfter(now)) {
      throw invalid("from", "the playlist would begin in the future: now it is " + now + " UTC");
    }
    requireShort(from, to);
    MediaGrant grant = rights.requireArchive(call, covered(from, to));
    return new PlaylistRequest(stream, from, granted(to, grant, now), directives, query(call));
  }

  private static void requireShort(Instant from, @Nullable Instant to) {
    if (to == null) {
      return;
    }
    if (!from.isBefore(to)) {
      throw invalid("to", "the range must end after it begins: " + from + " to " + to);
    }
    if (to.isAfter(from.plus(Listing.LONGEST))) {
      throw invalid("to", "a playlist may be at most 24 hours long; ask piece by piece");
    }
  }

  private static TimeRange covered(Instant from, @Nullable Instant to) {
    return to == null ? new TimeRange(from, from.plusNanos(1)) : new TimeRange(from, to);
  }

  /** A right to the archive that ends, without one to the present, ends the playlist. */
  private static @Nullable Instant granted(@Nullable Instant to, MediaGrant grant, Instant now) {
    TimeRange archive = grant.archive();
    if (archive == null
        || (grant.live() && !archive.end().isBefore(now))
        || (to != null && !to.isAfter(archive.end()))) {
      return to;
    }
    return grant.isOpenEnded() ? now : archive.end();
  }

  private static String query(Call call) {
    String token = call.parameter(MediaRights.PARAMETER);
    return token == null ? "" : "?" + MediaRights.PARAMETER + "=" + token;
  }

  /** How long to wait for what comes next (RFC 8216bis §6.2.5.2: three target durations). */
  static Duration patience(int targetSeconds) {
    return Duration.ofSeconds(3L * targetSeconds);
  }

  private static VmsException invalid(String parameter, String message) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, message).with(Problem.FIELD, parameter);
  }
}
