package kg.sakchy.onvif.imaging;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import kg.sakchy.onvif.soap.XmlCursor;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the imaging service. */
final class ImagingReader {
  private static final int MAX_MODES = 32;

  private ImagingReader() {}

  /** GetOptionsResponse; what GetMoveOptions tells is left empty. */
  static ImagingAbilities options(XmlCursor answer) {
    Set<String> focusModes = new HashSet<>();
    Set<String> exposureModes = new HashSet<>();
    Set<String> dayNightModes = new HashSet<>();
    Ends iris = new Ends();
    if (answer.enter("ImagingOptions")) {
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "IrCutFilterModes" -> add(dayNightModes, child.text());
          case "Focus" -> {
            for (XmlCursor part : child.children()) {
              if (part.name().equals("AutoFocusModes")) {
                add(focusModes, part.text());
              }
            }
          }
          case "Exposure" -> {
            for (XmlCursor part : child.children()) {
              switch (part.name()) {
                case "Mode" -> add(exposureModes, part.text());
                case "Iris" -> iris.read(part);
                default -> {}
              }
            }
          }
          default -> {}
        }
      }
    }
    return new ImagingAbilities(
        focusModes, null, null, null, exposureModes, iris.min, iris.max, dayNightModes);
  }

  /** GetMoveOptionsResponse, added to what is known. */
  static ImagingAbilities moveOptions(XmlCursor answer, ImagingAbilities known) {
    Ends speed = new Ends();
    Ends step = new Ends();
    Ends position = new Ends();
    if (answer.enter("MoveOptions")) {
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "Continuous" -> inside(child, "Speed", speed);
          case "Relative" -> inside(child, "Distance", step);
          case "Absolute" -> inside(child, "Position", position);
          default -> {}
        }
      }
    }
    return new ImagingAbilities(
        known.focusModes(),
        speed.max,
        step.max,
        position.max,
        known.exposureModes(),
        known.irisMin(),
        known.irisMax(),
        known.dayNightModes());
  }

  static ImagingSettings settings(XmlCursor answer) {
    String dayNight = null;
    String focusMode = null;
    String exposureMode = null;
    Double iris = null;
    if (answer.enter("ImagingSettings")) {
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "IrCutFilter" -> dayNight = child.text();
          case "Focus" -> focusMode = child.enter("AutoFocusMode") ? child.text() : null;
          case "Exposure" -> {
            for (XmlCursor part : child.children()) {
              switch (part.name()) {
                case "Mode" -> exposureMode = part.text();
                case "Iris" -> iris = orNull(part.decimal());
                default -> {}
              }
            }
          }
          default -> {}
        }
      }
    }
    return new ImagingSettings(dayNight, focusMode, exposureMode, iris);
  }

  private static void add(Set<String> modes, String mode) {
    if (!mode.isEmpty() && modes.size() < MAX_MODES) {
      modes.add(mode);
    }
  }

  private static void inside(XmlCursor xml, String element, Ends ends) {
    for (XmlCursor child : xml.children()) {
      if (child.name().equals(element)) {
        ends.read(child);
      }
    }
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** The ends of a {@code tt:FloatRange}. */
  private static final class Ends {
    private @Nullable Double min;
    private @Nullable Double max;

    void read(XmlCursor range) {
      for (XmlCursor end : range.children()) {
        switch (end.name()) {
          case "Min" -> min = orNull(end.decimal());
          case "Max" -> max = orNull(end.decimal());
          default -> {}
        }
      }
    }
  }
}
