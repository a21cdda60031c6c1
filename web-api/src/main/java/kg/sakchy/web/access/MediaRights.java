package kg.sakchy.web.access;

import java.time.Instant;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.web.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * Says what a caller may see of the camera its address names. Every route that gives out pictures
 * or sound asks here, before it does anything else.
 *
 * <p>A caller with a token has the rights of the token and no others, also on this machine. A
 * caller without one is the operator at this machine, who may see everything: {@code LocalOnly} has
 * turned others away, until there are accounts.
 *
 * <p>Threads: safe for use by many threads; does not block.
 */
public final class MediaRights {
  /** The query parameter a token travels in. */
  public static final String PARAMETER = "token";

  /** As far as times go in an address: years of four digits. */
  private static final TimeRange ALWAYS =
      new TimeRange(
          Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));

  private final MediaTokens tokens;

  public MediaRights(MediaTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What the caller may see of the camera {@link Call#camera()}. Without a token: everything, for
   * ever.
   *
   * @throws VmsException UNAUTHENTICATED when the token is malformed, altered, of another server or
   *     expired; PERMISSION_DENIED when it is for another camera
   */
  public MediaGrant of(Call call) {
    CameraId camera = call.camera();
    String token = call.parameter(PARAMETER);
    if (token == null) {
      return new MediaGrant(camera, true, ALWAYS, ALWAYS.end());
    }
    MediaGrant grant = tokens.verify(token);
    if (!grant.camera().equals(camera)) {
      throw refused("the media token is for another camera");
    }
    return grant;
  }

  /**
   * The right to see the present.
   *
   * @return the caller's rights; what goes on must end when they {@linkplain MediaGrant#expires()
   *     expire}
   * @throws VmsException as {@link #of}; PERMISSION_DENIED when it is not granted
   */
  public MediaGrant requireLive(Call call) {
    MediaGrant grant = of(call);
    if (!grant.allowsLive(call.camera())) {
      throw refused("the media token does not cover live pictures");
    }
    return grant;
  }

  /**
   * The right to see a stretch of the archive. A picture that is needed to begin with, the key
   * frame before it, goes with it.
   *
   * @throws VmsException as {@link #of}; PERMISSION_DENIED when not all of it is granted
   */
  public MediaGrant requireArchive(Call call, TimeRange range) {
    MediaGrant grant = of(call);
    if (!grant.allows(call.camera(), range)) {
      throw refused(covered(grant.archive()));
    }
    return grant;
  }

  /** The right to see the picture of a moment in the archive. */
  public MediaGrant requireArchive(Call call, Instant moment) {
    return requireArchive(call, new TimeRange(moment, moment.plusNanos(1)));
  }

  private static String covered(@Nullable TimeRange archive) {
    return archive == null
        ? "the media token covers no recordings"
        : "the media token covers recordings from %s to %s only"
            .formatted(archive.start(), archive.end());
  }

  private static VmsException refused(String message) {
    return new VmsException(ErrorKind.PERMISSION_DENIED, message);
  }
}
