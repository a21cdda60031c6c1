package kg.sakchy.onvif.ptz;

import java.time.Duration;

/**
 * What a configuration can be set to ({@code tt:PTZConfigurationOptions}).
 *
 * @param spaces with the ranges that hold, which may be narrower than the node's
 * @param minTimeout shortest time after which a movement ends by itself
 * @param maxTimeout longest such time
 */
record PtzOptions(PtzSpaces spaces, Duration minTimeout, Duration maxTimeout) {
  static final PtzOptions NONE =
      new PtzOptions(PtzSpaces.NONE, Duration.ZERO, Duration.ofMinutes(1));

  /** The nearest time that the camera takes. */
  Duration timeout(Duration wanted) {
    if (wanted.compareTo(minTimeout) < 0) {
      return minTimeout;
    }
    return wanted.compareTo(maxTimeout) > 0 ? maxTimeout : wanted;
  }
}
