package kg.sakchy.onvif.ptz;

import java.time.Duration;

/**
 * A place that a tour visits.
 *
 * @param preset token of the position
 * @param stay how long it looks from there
 */
public record TourStop(String preset, Duration stay) {}
