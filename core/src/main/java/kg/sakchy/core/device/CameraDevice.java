package kg.sakchy.core.device;

import java.util.Set;
import kg.sakchy.core.camera.CameraId;
import org.jspecify.annotations.Nullable;

/**
 * The ONVIF side of a registered camera.
 *
 * @param camera whose
 * @param address where and how to talk to it
 * @param identity who it said it is when it was last probed
 * @param mainProfile token of the media profile that is recorded; also the one that PTZ steers
 * @param subProfile token of the profile of the small stream, or null
 * @param features what it can do
 */
public record CameraDevice(
    CameraId camera,
    DeviceAddress address,
    DeviceIdentity identity,
    String mainProfile,
    @Nullable String subProfile,
    Set<DeviceFeature> features) {
  public CameraDevice {
    features = Set.copyOf(features);
  }

  /** The same device at another address. */
  public CameraDevice at(DeviceAddress moved) {
    return new CameraDevice(camera, moved, identity, mainProfile, subProfile, features);
  }
}
