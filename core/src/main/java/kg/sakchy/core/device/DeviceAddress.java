package kg.sakchy.core.device;

import java.net.URI;
import java.util.Locale;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera's ONVIF device service is and how to log in.
 *
 * @param service {@code http://} or {@code https://} address of the device service, without user
 *     information
 * @param credentials of an ONVIF user of the camera, or null when it asks for none
 * @param keepHost whether addresses that the camera tells (services, subscriptions, streams) get
 *     the host and port of {@code service}: for cameras behind address translation
 */
public record DeviceAddress(URI service, @Nullable Credentials credentials, boolean keepHost) {
  /** Path of the device service that nearly every camera has (ONVIF Core §5.1.1). */
  public static final String USUAL_PATH = "/onvif/device_service";

  public DeviceAddress {
    String scheme = service.getScheme() == null ? "" : service.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "a device address begins with http:// or https://");
    }
    if (service.getHost() == null) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the device address names no host");
    }
    if (service.getRawUserInfo() != null) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "user and password go into the credentials, not into the address");
    }
  }
}
