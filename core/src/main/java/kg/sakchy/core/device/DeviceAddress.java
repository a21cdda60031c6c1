package kg.sakchy.core.device;

import java.net.URI;
import java.net.URISyntaxException;
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

  /**
   * Reads an address as people write it: a host, {@code host:port}, or an {@code http} address.
   * Without a path the {@link #USUAL_PATH} is meant.
   *
   * <p>What stands before the last {@code @} of an {@code http} address is taken for user and
   * password, as they are, also when the password holds {@code @:/}; {@code credentials} win over
   * it.
   *
   * @throws VmsException INVALID_ARGUMENT, with a message that repeats no part of the password
   */
  public static DeviceAddress parse(
      String address, @Nullable Credentials credentials, boolean keepHost) {
    String text = address.strip();
    int scheme = text.indexOf("://");
    String prefix = scheme < 0 ? "http://" : text.substring(0, scheme + 3);
    String rest = scheme < 0 ? text : text.substring(scheme + 3);
    int at = rest.lastIndexOf('@');
    String told = at < 0 ? "" : rest.substring(0, at);
    rest = rest.substring(at + 1);
    int path = rest.indexOf('/');
    String host = path < 0 ? rest : rest.substring(0, path);
    String where = path < 0 || path == rest.length() - 1 ? USUAL_PATH : rest.substring(path);
    try {
      return new DeviceAddress(
          new URI(prefix + host + where),
          credentials == null ? login(told) : credentials,
          keepHost);
    } catch (URISyntaxException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the device address is malformed: " + e.getReason());
    }
  }

  private static @Nullable Credentials login(String told) {
    if (told.isEmpty()) {
      return null;
    }
    int colon = told.indexOf(':');
    return colon < 0
        ? new Credentials(told, "")
        : new Credentials(told.substring(0, colon), told.substring(colon + 1));
  }
}
