package kg.sakchy.core.ptz;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of a dome. Fractions of the picture run from its left upper corner, 0 to
 * 1. Pan is clockwise seen from above, 0 to 360 degrees; tilt is degrees above the horizon; zoom is
 * a factor, 1 at the widest.
 */
public sealed interface PtzCommand {
  /**
   * Move until told otherwise; each part -1 to 1 of full speed, right, up and in positive. Must be
   * repeated within {@link PtzControl#DEAD_MAN}, else the dome is stopped.
   */
  record Velocity(double pan, double tilt, double zoom) implements PtzCommand {}

  /** Stop all movement. */
  record Stop() implements PtzCommand {}

  /** Go to a position; null keeps that axis. */
  record Absolute(
      @Nullable Double panDegrees, @Nullable Double tiltDegrees, @Nullable Double zoomFactor)
      implements PtzCommand {}

  /** Go on from here; {@code zoomRatio} 2 doubles the factor, 1 keeps it. */
  record Relative(double panDegrees, double tiltDegrees, double zoomRatio) implements PtzCommand {}

  /** Bring a point of the picture to its middle. */
  record Centre(double x, double y) implements PtzCommand {}

  /** Make a part of the picture fill it. */
  record Frame(double x, double y, double width, double height) implements PtzCommand {}

  record GoToPreset(String token) implements PtzCommand {}

  /** Keeps the present position under a name; a null token makes a new preset. */
  record SetPreset(@Nullable String token, String name) implements PtzCommand {}

  record RemovePreset(String token) implements PtzCommand {}

  record GoHome() implements PtzCommand {}

  record SetHome() implements PtzCommand {}

  /** Starts, pauses or ends a tour that the dome keeps. */
  record Tour(String token, Action action) implements PtzCommand {
    /** What to do with it. */
    public enum Action {
      START,
      PAUSE,
      STOP
    }
  }

  /** Wiper, washer, lamp. */
  record Auxiliary(Device device, Switch value) implements PtzCommand {
    /** ONVIF Core, auxiliary commands. */
    public enum Device {
      WIPER,
      WASHER,
      WASHING_PROCEDURE,
      IR_LAMP
    }

    /** AUTO is for lamps. */
    public enum Switch {
      ON,
      OFF,
      AUTO
    }
  }

  /** Moves the focus, -1 (near) to 1 (far) of full speed; 0 stops. Ends automatic focus. */
  record Focus(double speed) implements PtzCommand {}

  /** Hands the focus to the camera. */
  record AutoFocus() implements PtzCommand {}

  /** Opens the iris by a part of its range, -1 to 1; null hands it to the camera. */
  record Iris(@Nullable Double attenuation) implements PtzCommand {}

  /** Infrared cut filter: by day in, by night out. */
  record DayNight(Mode mode) implements PtzCommand {
    /** AUTO leaves it to the camera. */
    public enum Mode {
      DAY,
      NIGHT,
      AUTO
    }
  }
}
