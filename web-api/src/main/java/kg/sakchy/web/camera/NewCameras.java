package kg.sakchy.web.camera;

import java.time.Instant;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.http.Call;

/**
 * Puts new cameras into the unit that their registration names, in its field {@code unit}. Until
 * then, and without one, they belong to the top.
 *
 * <p>Threads: safe for use by many threads; calls block.
 */
public final class NewCameras {
  private static final TimeRange EVER =
      new TimeRange(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));

  private final CameraDirectory cameras;
  private final Organisation organisation;
  private final Archive archive;
  private final Permissions permissions;

  public NewCameras(
      CameraDirectory cameras,
      Organisation organisation,
      Archive archive,
      Permissions permissions) {
    this.cameras = cameras;
    this.organisation = organisation;
    this.archive = archive;
    this.permissions = permissions;
  }

  /**
   * Recordings outlive their camera: who takes its id anew would see them, so that takes a right
   * over everything.
   *
   * @throws VmsException CONFLICT when the id is of a camera that was removed and has recordings
   */
  public void requireFree(Call call, CameraId camera) {
    if (!permissions.allows(call.caller(), Right.MANAGE_CAMERAS, UnitId.ROOT)
        && !archive.segments(StreamId.main(camera), EVER, 1).isEmpty()) {
      throw new VmsException(
          ErrorKind.CONFLICT,
          "there are recordings of an earlier camera " + camera + "; take another id");
    }
  }

  /** Puts a camera that was just registered into its unit; if that fails, it is forgotten again. */
  public void place(Call call, CameraId camera) {
    UnitId unit = call.unit("unit", UnitId.ROOT);
    if (unit.equals(UnitId.ROOT)) {
      return;
    }
    try {
      organisation.assign(camera, unit);
    } catch (VmsException e) {
      cameras.delete(camera);
      throw e;
    }
  }
}
