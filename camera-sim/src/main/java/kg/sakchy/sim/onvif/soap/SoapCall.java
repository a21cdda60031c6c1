package kg.sakchy.sim.onvif.soap;

import java.net.InetAddress;
import java.net.URI;

/**
 * A request that may pass, on its way to a service.
 *
 * @param request what is asked
 * @param device address of the device as the client reached it, scheme and port, path prefix
 *     without a slash behind: {@code http://192.0.2.10/cam1}
 * @param path what follows the prefix: {@code /onvif/device_service}
 * @param client who asks
 * @param user name of the user, empty if nobody logged in
 */
public record SoapCall(
    SoapRequest request, URI device, String path, InetAddress client, String user) {
  /** The element that names the operation and holds its arguments. */
  public XmlElement body() {
    return request.body();
  }

  public String operation() {
    return request.operation();
  }
}
