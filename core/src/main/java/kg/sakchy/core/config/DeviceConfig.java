package kg.sakchy.core.config;

/**
 * Cameras as devices on the network (ONVIF).
 *
 * @param announcements whether to listen to cameras that say hello and goodbye on the server's
 *     networks, so that a registered camera is found again when its address changes
 * @param events whether to subscribe to the events of registered cameras and to read their metadata
 * @param eventRetentionDays how long events are kept, 1 to 36,500
 * @param notifications where cameras without pull points deliver
 * @param edgeFill whether to fill gaps from the recordings on the cameras
 */
public record DeviceConfig(
    boolean announcements,
    boolean events,
    int eventRetentionDays,
    NotificationConfig notifications,
    boolean edgeFill) {
  public static final DeviceConfig DEFAULTS =
      new DeviceConfig(true, true, 90, NotificationConfig.DEFAULTS, true);

  public DeviceConfig {
    ConfigChecks.between("devices.eventRetentionDays", eventRetentionDays, 1, 36_500);
  }

  /** As given, the rest as in {@link #DEFAULTS}. */
  public DeviceConfig(boolean announcements, boolean events, boolean edgeFill) {
    this(announcements, events, DEFAULTS.eventRetentionDays, DEFAULTS.notifications, edgeFill);
  }
}
