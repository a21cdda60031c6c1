package kg.sakchy.onvif.ptz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import kg.sakchy.core.ptz.PtzNamed;
import kg.sakchy.onvif.soap.OnvifTime;
import kg.sakchy.onvif.soap.XmlCursor;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the PTZ service; each list is bounded. */
final class PtzReader {
  /** More presets, nodes or spaces than any camera has. */
  private static final int MAX_ITEMS = 1_024;

  private PtzReader() {}

  static List<PtzNode> nodes(XmlCursor answer) {
    List<PtzNode> nodes = new ArrayList<>();
    for (XmlCursor child : answer.children()) {
      if (child.name().equals("PTZNode") && nodes.size() < MAX_ITEMS) {
        nodes.add(node(child));
      }
    }
    return nodes;
  }

  private static PtzNode node(XmlCursor xml) {
    String token = orEmpty(xml.attribute("token"));
    PtzSpaces spaces = PtzSpaces.NONE;
    int maxPresets = 0;
    boolean home = false;
    int maxTours = 0;
    List<String> auxiliaries = new ArrayList<>();
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "SupportedPTZSpaces" -> spaces = spaces(child);
        case "MaximumNumberOfPresets" -> maxPresets = Math.max(0, child.integer().orElse(0));
        case "HomeSupported" -> home = child.flag();
        case "AuxiliaryCommands" -> {
          if (auxiliaries.size() < MAX_ITEMS) {
            auxiliaries.add(child.text());
          }
        }
        case "Extension" -> maxTours = maxTours(child);
        default -> {}
      }
    }
    return new PtzNode(token, spaces, maxPresets, home, maxTours, auxiliaries);
  }

  private static int maxTours(XmlCursor extension) {
    return extension.enter("SupportedPresetTour") && extension.enter("MaximumNumberOfPresetTours")
        ? Math.max(0, extension.integer().orElse(0))
        : 0;
  }

  static List<PtzConfiguration> configurations(XmlCursor answer) {
    List<PtzConfiguration> configurations = new ArrayList<>();
    for (XmlCursor child : answer.children()) {
      if (child.name().equals("PTZConfiguration") && configurations.size() < MAX_ITEMS) {
        String token = orEmpty(child.attribute("token"));
        configurations.add(
            new PtzConfiguration(token, child.enter("NodeToken") ? child.text() : ""));
      }
    }
    return configurations;
  }

  static PtzOptions options(XmlCursor answer) {
    PtzSpaces spaces = PtzSpaces.NONE;
    Duration min = PtzOptions.NONE.minTimeout();
    Duration max = PtzOptions.NONE.maxTimeout();
    if (answer.enter("PTZConfigurationOptions")) {
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "Spaces" -> spaces = spaces(child);
          case "PTZTimeout" -> {
            for (XmlCursor end : child.children()) {
              switch (end.name()) {
                case "Min" -> min = OnvifTime.duration(end.text()).orElse(min);
                case "Max" -> max = OnvifTime.duration(end.text()).orElse(max);
                default -> {}
              }
            }
          }
          default -> {}
        }
      }
    }
    boolean sane = !min.isNegative() && max.compareTo(min) >= 0 && !max.isZero();
    return sane
        ? new PtzOptions(spaces, min, max)
        : new PtzOptions(spaces, PtzOptions.NONE.minTimeout(), PtzOptions.NONE.maxTimeout());
  }

  private static PtzSpaces spaces(XmlCursor xml) {
    List<PanTiltSpace> absolutePanTilt = new ArrayList<>();
    List<ZoomSpace> absoluteZoom = new ArrayList<>();
    List<PanTiltSpace> relativePanTilt = new ArrayList<>();
    List<ZoomSpace> relativeZoom = new ArrayList<>();
    List<PanTiltSpace> continuousPanTilt = new ArrayList<>();
    List<ZoomSpace> continuousZoom = new ArrayList<>();
    int count = 0;
    for (XmlCursor child : xml.children()) {
      if (++count > MAX_ITEMS) {
        break;
      }
      switch (child.name()) {
        case "AbsolutePanTiltPositionSpace" -> absolutePanTilt.add(panTilt(child));
        case "AbsoluteZoomPositionSpace" -> absoluteZoom.add(zoom(child));
        case "RelativePanTiltTranslationSpace" -> relativePanTilt.add(panTilt(child));
        case "RelativeZoomTranslationSpace" -> relativeZoom.add(zoom(child));
        case "ContinuousPanTiltVelocitySpace" -> continuousPanTilt.add(panTilt(child));
        case "ContinuousZoomVelocitySpace" -> continuousZoom.add(zoom(child));
        default -> {}
      }
    }
    return new PtzSpaces(
        absolutePanTilt,
        absoluteZoom,
        relativePanTilt,
        relativeZoom,
        continuousPanTilt,
        continuousZoom);
  }

  private static PanTiltSpace panTilt(XmlCursor xml) {
    String uri = "";
    FloatRange pan = new FloatRange(0, 0);
    FloatRange tilt = new FloatRange(0, 0);
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "URI" -> uri = child.text();
        case "XRange" -> pan = range(child);
        case "YRange" -> tilt = range(child);
        default -> {}
      }
    }
    return new PanTiltSpace(uri, pan, tilt);
  }

  private static ZoomSpace zoom(XmlCursor xml) {
    String uri = "";
    FloatRange range = new FloatRange(0, 0);
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "URI" -> uri = child.text();
        case "XRange" -> range = range(child);
        default -> {}
      }
    }
    return new ZoomSpace(uri, range);
  }

  private static FloatRange range(XmlCursor xml) {
    double min = 0;
    double max = 0;
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "Min" -> min = end(child.text());
        case "Max" -> max = end(child.text());
        default -> {}
      }
    }
    return new FloatRange(Math.min(min, max), Math.max(min, max));
  }

  /** An end of a range; domes that turn for ever have infinite ones (XML Schema: INF, -INF). */
  private static double end(String text) {
    return switch (text) {
      case "INF", "+INF", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
      case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> XmlCursor.number(text).orElse(0);
    };
  }

  static PtzStatus status(XmlCursor answer) {
    return answer.enter("PTZStatus") && answer.enter("Position")
        ? position(answer)
        : PtzStatus.UNKNOWN;
  }

  private static PtzStatus position(XmlCursor xml) {
    PtzStatus read = PtzStatus.UNKNOWN;
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "PanTilt" ->
            read =
                new PtzStatus(
                    attribute(child, "x"),
                    attribute(child, "y"),
                    child.attribute("space"),
                    read.zoom(),
                    read.zoomSpace());
        case "Zoom" ->
            read =
                new PtzStatus(
                    read.pan(),
                    read.tilt(),
                    read.panTiltSpace(),
                    attribute(child, "x"),
                    child.attribute("space"));
        default -> {}
      }
    }
    return read;
  }

  private static @Nullable Double attribute(XmlCursor xml, String name) {
    OptionalDouble value = XmlCursor.number(xml.attribute(name));
    return value.isPresent() ? value.getAsDouble() : null;
  }

  static List<PtzNamed> presets(XmlCursor answer) {
    return named(answer, "Preset");
  }

  static List<PtzNamed> tours(XmlCursor answer) {
    return named(answer, "PresetTour");
  }

  private static List<PtzNamed> named(XmlCursor answer, String element) {
    List<PtzNamed> items = new ArrayList<>();
    for (XmlCursor child : answer.children()) {
      if (child.name().equals(element) && items.size() < MAX_ITEMS) {
        String token = orEmpty(child.attribute("token"));
        String name = child.enter("Name") ? child.text() : "";
        if (!token.isEmpty()) {
          items.add(new PtzNamed(token, name));
        }
      }
    }
    return items;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
