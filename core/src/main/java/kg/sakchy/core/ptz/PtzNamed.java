package kg.sakchy.core.ptz;

/**
 * A preset or a tour.
 *
 * @param token the camera's opaque name
 * @param name for people
 */
public record PtzNamed(String token, String name) {}
