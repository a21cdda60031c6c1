package kg.sakchy.core.device;

import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Probes a camera and registers it with what was found.
 *
 * <p>Threads: safe for use by many threads; calls block (network, database).
 */
public interface CameraRegistration {
  /**
   * Probes and registers.
   *
   * @throws kg.sakchy.core.error.VmsException what {@link DeviceProbe#probe} and {@link
   *     CameraRegistry#register} throw, and FAILED_PRECONDITION when no stream of the camera can be
   *     recorded
   */
  Registered register(Request request);

  /**
   * Probes a registered camera again, at another address if one is given, and takes over what is
   * new. CONFLICT when another camera answers there.
   */
  Registered refresh(CameraId camera, @Nullable DeviceAddress moved);

  /**
   * Which camera.
   *
   * @param address where and how to talk to it
   * @param id its name for ever, or null to get one
   * @param name what people call it, or null for its model and address
   * @param mainProfile token of the profile to record, or null for the probe's choice
   * @param subProfile token of the small stream's profile, or null for the probe's choice
   * @param recording whether to record it from now on
   * @param retentionDays how long its segments are kept, or null for the server's default
   * @param placement where it stands, or null
   */
  record Request(
      DeviceAddress address,
      @Nullable CameraId id,
      @Nullable String name,
      @Nullable String mainProfile,
      @Nullable String subProfile,
      boolean recording,
      @Nullable Integer retentionDays,
      @Nullable Placement placement) {}

  /**
   * A camera that is registered now.
   *
   * @param camera as stored
   * @param report what the probe found
   */
  record Registered(Camera camera, DeviceReport report) {}
}
