package kg.sakchy.onvif.device;

/**
 * A protocol a camera serves (ONVIF Core §8.2.12).
 *
 * @param name {@code HTTP}, {@code HTTPS} or {@code RTSP}
 * @param enabled whether it is switched on
 * @param port the first of its ports
 */
public record NetworkProtocol(String name, boolean enabled, int port) {}
