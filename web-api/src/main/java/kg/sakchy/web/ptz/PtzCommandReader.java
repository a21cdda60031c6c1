package kg.sakchy.web.ptz;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of JSON objects: {@code command} names it, the other fields are its parameters.
 * Takes nothing it does not know, no number outside its range, and no text over 200 characters: it
 * is all that stands between a socket and a dome.
 */
final class PtzCommandReader {
  private static final int TEXT = 200;
  private static final double TURN = 360;
  private static final double HALF_TURN = 180;
  private static final double MOST_ZOOM = 1000;
  private static final double LEAST_PART = 1 / MOST_ZOOM;

  private final JsonObject json;
  private final Set<String> unread;

  private PtzCommandReader(JsonObject json) {
    this.json = json;
    unread = new TreeSet<>(json.fieldNames());
  }

  /**
   * Reads a command.
   *
   * @throws VmsException INVALID_ARGUMENT that names the field at fault
   */
  static PtzCommand read(JsonObject json) {
    PtzCommandReader reader = new PtzCommandReader(json);
    PtzCommand command = reader.command();
    if (!reader.unread.isEmpty()) {
      String field = reader.unread.iterator().next();
      throw wrong(field.length() > TEXT ? "" : field, "the command has no such field");
    }
    return command;
  }

  private PtzCommand command() {
    return switch (text("command")) {
      case "velocity" ->
          new PtzCommand.Velocity(speed("pan", 0.0), speed("tilt", 0.0), speed("zoom", 0.0));
      case "stop" -> new PtzCommand.Stop();
      case "absolute" ->
          new PtzCommand.Absolute(
              optional("panDegrees", 0, TURN),
              optional("tiltDegrees", -HALF_TURN, HALF_TURN),
              optional("zoomFactor", 1, MOST_ZOOM));
      case "relative" ->
          new PtzCommand.Relative(
              number("panDegrees", -TURN, TURN, 0.0),
              number("tiltDegrees", -HALF_TURN, HALF_TURN, 0.0),
              number("zoomRatio", LEAST_PART, MOST_ZOOM, 1.0));
      case "centre" -> new PtzCommand.Centre(fraction("x"), fraction("y"));
      case "frame" -> frame();
      case "preset" -> new PtzCommand.GoToPreset(text("token"));
      case "home" -> new PtzCommand.GoHome();
      case "setHome" -> new PtzCommand.SetHome();
      case "tour" ->
          new PtzCommand.Tour(text("token"), constant("action", PtzCommand.Tour.Action.class));
      case "auxiliary" ->
          new PtzCommand.Auxiliary(
              constant("device", PtzCommand.Auxiliary.Device.class),
              constant("value", PtzCommand.Auxiliary.Switch.class));
      case "focus" -> new PtzCommand.Focus(speed("speed", null));
      case "autoFocus" -> new PtzCommand.AutoFocus();
      case "iris" -> new PtzCommand.Iris(optional("attenuation", -1, 1));
      case "dayNight" -> new PtzCommand.DayNight(constant("mode", PtzCommand.DayNight.Mode.class));
      default -> throw wrong("command", "there is no such command");
    };
  }

  private PtzCommand.Frame frame() {
    double x = fraction("x");
    double y = fraction("y");
    double width = number("width", LEAST_PART, 1, null);
    double height = number("height", LEAST_PART, 1, null);
    if (x + width > 1 + 1e-9 || y + height > 1 + 1e-9) {
      throw wrong(x + width > 1 ? "width" : "height", "reaches out of the picture");
    }
    return new PtzCommand.Frame(x, y, width, height);
  }

  private double speed(String field, @Nullable Double otherwise) {
    return number(field, -1, 1, otherwise);
  }

  private double fraction(String field) {
    return number(field, 0, 1, null);
  }

  /** A number; {@code otherwise} when missing, and null there means that it must not be. */
  private double number(String field, double least, double most, @Nullable Double otherwise) {
    Double value = optional(field, least, most);
    if (value != null) {
      return value;
    }
    if (otherwise == null) {
      throw wrong(field, "is missing");
    }
    return otherwise;
  }

  private @Nullable Double optional(String field, double least, double most) {
    unread.remove(field);
    Object value = json.getValue(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)) {
      throw wrong(field, "is a number");
    }
    double read = number.doubleValue();
    if (!(read >= least && read <= most)) { // so that NaN is outside too
      throw wrong(field, "is %s to %s".formatted(least, most));
    }
    return read;
  }

  private String text(String field) {
    unread.remove(field);
    Object value = json.getValue(field);
    if (!(value instanceof String text) || text.isEmpty() || text.length() > TEXT) {
      throw wrong(field, "is a text of 1 to " + TEXT + " characters");
    }
    return text;
  }

  private <E extends Enum<E>> E constant(String field, Class<E> type) {
    String text = text(field);
    for (E constant : type.getEnumConstants()) {
      if (PtzJson.code(constant).equals(text)) {
        return constant;
      }
    }
    throw wrong(field, "is none of the words the contract has for it");
  }

  private static VmsException wrong(String field, String message) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, field + ": " + message)
        .with(Problem.FIELD, "/" + field);
  }
}
