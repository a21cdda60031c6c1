package kg.sakchy.core.access;

import java.time.Instant;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * The right to see pictures of one camera for a short while, as it travels in a media address: so
 * that players and caches work without cookies.
 *
 * @param camera whose pictures
 * @param live whether pictures of the present may be seen
 * @param archive the recorded time that may be seen, or null for none; its end may lie in the
 *     future
 * @param expires from this moment on it is worth nothing
 * @param account whose right it is: it is never worth more than what this account may see
 */
public record MediaGrant(
    CameraId camera,
    boolean live,
    @Nullable TimeRange archive,
    Instant expires,
    AccountId account) {
  /** As far as times go in an address: years of four digits. */
  public static final TimeRange EVER =
      new TimeRange(
          Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));

  /** Whether it covers pictures of the present. */
  public boolean allowsLive(CameraId asked) {
    return live && camera.equals(asked);
  }

  /** Whether it covers all of a stretch of the archive. */
  public boolean allows(CameraId asked, TimeRange range) {
    return archive != null
        && camera.equals(asked)
        && !range.start().isBefore(archive.start())
        && !range.end().isAfter(archive.end());
  }

  /** Whether nothing of the camera may be seen. */
  public boolean isEmpty() {
    return !live && archive == null;
  }

  /** Whether the recorded time has no end: what is recorded from now on belongs to it. */
  public boolean isOpenEnded() {
    return archive != null && !archive.end().isBefore(EVER.end());
  }
}
