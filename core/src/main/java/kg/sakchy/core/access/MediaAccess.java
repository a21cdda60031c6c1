package kg.sakchy.core.access;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may see of a camera, whichever protocol he came by. Who came in himself sees what
 * the {@link AccessPolicy} allows him; who holds a media token sees what it covers, as far as its
 * maker may see that himself: a token dies with the rights of its maker.
 *
 * <p>Threads: safe for use by many threads; answers from memory, does not block.
 */
public final class MediaAccess {
  private final AccessPolicy policy;
  private final MediaTokens tokens;
  private final VmsClock clock;

  public MediaAccess(AccessPolicy policy, MediaTokens tokens, VmsClock clock) {
    this.policy = policy;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Where tokens are written and read. */
  public MediaTokens tokens() {
    return tokens;
  }

  /** The right of who came in himself; it ends when he may not be here any more. */
  public MediaRight of(Presence presence, CameraId camera) {
    Caller caller = presence.caller();
    MediaGrant most =
        new MediaGrant(
            camera,
            caller.scope().contains(Right.VIEW_LIVE),
            caller.scope().contains(Right.VIEW_ARCHIVE) ? MediaGrant.EVER : null,
            MediaGrant.EVER.end(),
            caller.account());
    boolean export = caller.scope().contains(Right.EXPORT);
    return new Limited(most, export ? MediaGrant.EVER : null, presence::holds);
  }

  /**
   * The right of who holds a token.
   *
   * @throws VmsException UNAUTHENTICATED as {@link MediaTokens#verify}; PERMISSION_DENIED when it
   *     is for another camera
   */
  public MediaRight ofToken(String token, CameraId camera) {
    MediaGrant most = tokens.verify(token);
    if (!most.camera().equals(camera)) {
      throw new VmsException(ErrorKind.PERMISSION_DENIED, "the media token is for another camera");
    }
    return new Limited(most, most.archive(), () -> clock.now().isBefore(most.expires()));
  }

  /** What an account may see, and no more than something else allows. */
  private final class Limited implements MediaRight {
    private final MediaGrant most;
    private final @Nullable TimeRange mostExport;
    private final BooleanSupplier holds;

    /**
     * @param most what is allowed at most
     * @param mostExport what of the archive may be taken away at most, or null for nothing
     * @param holds false once nothing is allowed any more
     */
    Limited(MediaGrant most, @Nullable TimeRange mostExport, BooleanSupplier holds) {
      this.most = most;
      this.mostExport = mostExport;
      this.holds = holds;
    }

    @Override
    public MediaGrant now() {
      boolean valid = holds.getAsBoolean();
      boolean live =
          valid && most.live() && policy.allows(most.account(), Right.VIEW_LIVE, most.camera());
      TimeRange archive = valid ? allowed(Right.VIEW_ARCHIVE, most.archive()) : null;
      return new MediaGrant(most.camera(), live, archive, most.expires(), most.account());
    }

    @Override
    public boolean allowsExport(TimeRange range) {
      TimeRange allowed = holds.getAsBoolean() ? allowed(Right.EXPORT, mostExport) : null;
      return allowed != null
          && !range.start().isBefore(allowed.start())
          && !range.end().isAfter(allowed.end());
    }

    private @Nullable TimeRange allowed(Right right, @Nullable TimeRange range) {
      return range == null
          ? null
          : policy
              .archiveSince(most.account(), right, most.camera())
              .flatMap(since -> range.intersection(from(since)))
              .orElse(null);
    }

    private static TimeRange from(Instant since) {
      Instant first = MediaGrant.EVER.start();
      return new TimeRange(since.isBefore(first) ? first : since, MediaGrant.EVER.end());
    }
  }
}
