package kg.sakchy.onvif.soap;

import java.net.URI;
import java.net.URISyntaxException;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.security.PlainPasswords;

/**
 * A camera to talk to.
 *
 * @param deviceService {@code http} or {@code https} address of its device service
 * @param peer names it for ever: what its certificate is pinned under and its session is found by
 * @param rule what to make of the addresses it gives
 * @param plainPasswords whether HTTP Basic may be used
 */
public record DeviceTarget(
    URI deviceService, String peer, AddressRule rule, PlainPasswords plainPasswords) {
  public DeviceTarget {
    if (deviceService.getRawUserInfo() != null) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "user and password go into the credentials, not into the address");
    }
    Endpoint.of(deviceService);
  }

  /**
   * Reads an address as people write it: {@code 192.0.2.1}, {@code camera.example:8000}, or a whole
   * {@code http(s)://} address. The usual path is added where there is none; the peer is {@code
   * host:port}, the rules are the defaults.
   */
  public static DeviceTarget parse(String address) {
    String text = address.strip();
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean bare = uri.getRawPath() == null || uri.getRawPath().length() <= 1;
      URI service = bare ? uri.resolve(DeviceAddress.USUAL_PATH) : uri;
      return new DeviceTarget(
          service,
          Endpoint.of(service).toString(),
          AddressRule.ANSWERING_HOST,
          PlainPasswords.NEVER);
    } catch (URISyntaxException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the address is malformed: " + e.getReason());
    }
  }

  /** The target of a camera's registered address. */
  public static DeviceTarget of(DeviceAddress address) {
    return new DeviceTarget(
        address.service(),
        Endpoint.of(address.service()).toString(),
        address.keepHost() ? AddressRule.ANSWERING_ENDPOINT : AddressRule.ANSWERING_HOST,
        PlainPasswords.NEVER);
  }

  /** The same camera under the name it is registered by. */
  public DeviceTarget named(String name) {
    return new DeviceTarget(deviceService, name, rule, plainPasswords);
  }

  public DeviceTarget with(AddressRule newRule) {
    return new DeviceTarget(deviceService, peer, newRule, plainPasswords);
  }

  public DeviceTarget with(PlainPasswords newPolicy) {
    return new DeviceTarget(deviceService, peer, rule, newPolicy);
  }
}
