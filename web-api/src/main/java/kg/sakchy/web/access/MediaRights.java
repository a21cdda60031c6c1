package kg.sakchy.web.access;

import java.time.Instant;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaRight;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.audit.Witness;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Client;
import org.jspecify.annotations.Nullable;

/**
 * Says what a caller may see of the camera its address names. Every route that gives out pictures
 * or sound asks here, before it does anything else. What is refused here is recorded.
 *
 * <p>A caller with a token has the rights of the token and no others, also when it is known who it
 * is.
 *
 * <p>Threads: safe for use by many threads; does not block.
 */
public final class MediaRights {
  /** The query parameter a token travels in. */
  public static final String PARAMETER = "token";

  private final MediaAccess access;
  private final RefusedActs refused;

  public MediaRights(MediaAccess access, RefusedActs refused) {
    this.access = access;
    this.refused = refused;
  }

  /**
   * Who sees pictures by a call: who came in himself, or who made the token that is shown.
   *
   * @throws VmsException UNAUTHENTICATED when neither is known
   */
  public Actor viewer(Call call) {
    String token = call.parameter(PARAMETER);
    Client client = call.client();
    return client.known() != null || token == null
        ? Actor.of(client.caller())
        : Actor.ofToken(access.tokens().verify(token).account(), client.address());
  }

  /**
   * Has it recorded what a caller is shown of the camera {@link Call#camera()}.
   *
   * @param way by which protocol
   */
  public Witness witness(Call call, LastingActs acts, String way) {
    return new Witness(acts, refused, viewer(call), call.camera(), way);
  }

  /**
   * The right of the caller over the camera {@link Call#camera()}, for whoever goes on showing it.
   *
   * @throws VmsException UNAUTHENTICATED when the token is malformed, altered, of another server or
   *     expired, or nobody is known; PERMISSION_DENIED when it is for another camera
   */
  public MediaRight right(Call call) {
    String token = call.parameter(PARAMETER);
    if (token == null) {
      return access.of(call.client().presence(), call.camera());
    }
    try {
      return access.ofToken(token, call.camera());
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.PERMISSION_DENIED) {
        record(call, "media token");
      }
      throw e;
    }
  }

  /**
   * What the caller may see of the camera now.
   *
   * @throws VmsException as {@link #right}; PERMISSION_DENIED when that is nothing
   */
  public MediaGrant of(Call call) {
    MediaGrant grant = right(call).now();
    if (grant.isEmpty()) {
      throw refused(call, Right.VIEW_LIVE, "nothing of the camera may be seen");
    }
    return grant;
  }

  /**
   * The right to see the present.
   *
   * @return what may be seen; what goes on must end when the right does
   * @throws VmsException as {@link #of}; PERMISSION_DENIED when it is not granted
   */
  public MediaRight requireLive(Call call) {
    MediaRight right = right(call);
    if (!right.now().live()) {
      throw refused(call, Right.VIEW_LIVE, "live pictures are not covered");
    }
    return right;
  }

  /**
   * The right to see a stretch of the archive. A picture that is needed to begin with, the key
   * frame before it, goes with it.
   *
   * @throws VmsException as {@link #of}; PERMISSION_DENIED when not all of it is granted
   */
  public MediaGrant requireArchive(Call call, TimeRange range) {
    MediaGrant grant = right(call).now();
    if (!grant.allows(call.camera(), range)) {
      throw refused(call, Right.VIEW_ARCHIVE, covered(grant.archive()));
    }
    return grant;
  }

  /** The right to see the picture of a moment in the archive. */
  public MediaGrant requireArchive(Call call, Instant moment) {
    return requireArchive(call, new TimeRange(moment, moment.plusNanos(1)));
  }

  /**
   * The right to take a stretch of the archive away.
   *
   * @throws VmsException as {@link #of}; PERMISSION_DENIED when not all of it is granted
   */
  public void requireExport(Call call, TimeRange range) {
    MediaRight right = right(call);
    if (!right.allowsExport(range)) {
      MediaGrant grant = right.now();
      throw refused(
          call,
          Right.EXPORT,
          grant.allows(call.camera(), range)
              ? "recordings may be seen, not taken away"
              : covered(grant.archive()));
    }
  }

  private static String covered(@Nullable TimeRange archive) {
    return archive == null
        ? "recordings are not covered"
        : "recordings are covered from %s to %s only".formatted(archive.start(), archive.end());
  }

  private VmsException refused(Call call, Right lacking, String message) {
    record(call, lacking.code());
    return new VmsException(ErrorKind.PERMISSION_DENIED, message);
  }

  private void record(Call call, String wanted) {
    refused.refused(viewer(call), wanted, call.object());
  }
}
