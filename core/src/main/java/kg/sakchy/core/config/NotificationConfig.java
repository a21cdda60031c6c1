package kg.sakchy.core.config;

import java.util.regex.Pattern;

/**
 * The port at which cameras without pull points deliver their events.
 *
 * @param host address to listen on; empty: nothing listens
 * @param port TCP port, 0 to 65535; 0 takes a free one
 * @param advertise {@code host} or {@code host:port} that cameras are told instead of the server's
 *     own address; empty for none
 */
public record NotificationConfig(String host, int port, String advertise) {
  private static final Pattern AUTHORITY =
      Pattern.compile("|([\\w.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

  public static final NotificationConfig DEFAULTS = new NotificationConfig("", 8090, "");

  public NotificationConfig {
    ConfigChecks.port("devices.notifications.port", port);
    ConfigChecks.check(
        AUTHORITY.matcher(advertise).matches(),
        "devices.notifications.advertise",
        "a host or host:port, an IPv6 address in brackets");
  }

  /** Whether cameras may deliver. */
  public boolean listens() {
    return !host.isBlank();
  }
}
