package kg.sakchy.core.device;

/**
 * Who a camera says it is. Texts are the camera's own, trimmed; empty where it says nothing.
 *
 * @param endpoint its WS-Discovery endpoint reference ({@code urn:uuid:...}), the one name that
 *     stays when its address changes
 * @param make manufacturer
 * @param model as the maker writes it
 * @param firmware version
 * @param serial number
 * @param hardware MAC address or hardware id
 */
public record DeviceIdentity(
    String endpoint, String make, String model, String firmware, String serial, String hardware) {}
