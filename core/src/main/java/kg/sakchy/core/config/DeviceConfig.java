package kg.sakchy.core.config;

/**
 * Cameras as devices on the network (ONVIF).
 *
 * @param announcements whether to listen to cameras that say hello and goodbye on the server's
 *     networks, so that a registered camera is found again when its address changes
 * @param events whether to subscribe to the events of registered cameras
 * @param edgeFill whether to fill gaps from the recordings on the cameras
 */
public record DeviceConfig(boolean announcements, boolean events, boolean edgeFill) {
  public static final DeviceConfig DEFAULTS = new DeviceConfig(true, true, true);
}
