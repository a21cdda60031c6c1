package kg.sakchy.core.device;

import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Cameras with what they are on the network and in the world: one act registers all of it, or
 * nothing.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: UNAVAILABLE when the
 * database cannot be reached.
 */
public interface CameraRegistry {
  /**
   * Registers a camera in one transaction.
   *
   * @throws kg.sakchy.core.error.VmsException CONFLICT when the id is taken, or when a camera of
   *     this endpoint, or of this make and serial number, is registered already; the message names
   *     it. Empty endpoints and serial numbers are equal to none
   */
  void register(Camera camera, @Nullable CameraDevice device, @Nullable Placement placement);

  /**
   * Sets or replaces the ONVIF side of a camera.
   *
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND without the camera, CONFLICT when it is the
   *     ONVIF side of another one, as in {@link #register}
   */
  void putDevice(CameraDevice device);

  /** Sets or replaces where a camera stands. NOT_FOUND without the camera. */
  void putPlacement(CameraId camera, Placement placement);

  Optional<CameraDevice> device(CameraId camera);

  /** The camera registered under an endpoint reference. */
  Optional<CameraDevice> deviceByEndpoint(String endpoint);

  /** The camera registered with this make and serial number; none for an empty serial number. */
  Optional<CameraDevice> deviceBySerial(String make, String serial);

  Optional<Placement> placement(CameraId camera);

  /**
   * One page of ONVIF sides in the order of camera ids.
   *
   * @param after the last id of the page before, or null for the first page
   * @param limit at most this many, 1 to 1000
   */
  List<CameraDevice> devices(@Nullable CameraId after, int limit);

  /** Calls {@code listener} after every committed change of an ONVIF side; it must be quick. */
  void onDeviceChange(Listener listener);

  /** Told of changes; losing a call is harmless, the list is compared from time to time. */
  interface Listener {
    /** {@code device} is null when the camera lost its ONVIF side or was deleted. */
    void changed(CameraId camera, @Nullable CameraDevice device);
  }
}
