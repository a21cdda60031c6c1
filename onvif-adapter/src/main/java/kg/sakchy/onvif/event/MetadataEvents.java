package kg.sakchy.onvif.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.soap.OnvifTime;
import kg.sakchy.onvif.soap.XmlCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads one camera's stream of analytics metadata ({@code tt:MetadataStream}, ONVIF Analytics §5;
 * Profile M): plates, faces, people and vehicles of the objects in its frames, and the event
 * messages it carries.
 *
 * <p>An object is an event once, when it is first seen as what it is; a plate again when it is read
 * differently. Where objects are in each frame is not an event.
 *
 * <p>Threads: confined to the camera's.
 */
public final class MetadataEvents {
  private static final int MAX_OBJECTS = 512;
  private static final int MAX_EVENTS = 256;
  private static final String TOPIC = "MetadataStream/VideoAnalytics/Object";

  private final CameraId camera;
  private final VmsClock clock;
  private final EventStates states;
  private final BooleanSupplier heardOtherwise;
  private final Map<String, String> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_OBJECTS;
        }
      };

  /**
   * @param heardOtherwise whether the camera's event messages come by a subscription now; then
   *     those of its documents are the same again, and no events
   */
  public MetadataEvents(CameraId camera, VmsClock clock, BooleanSupplier heardOtherwise) {
    this.camera = camera;
    this.clock = clock;
    this.heardOtherwise = heardOtherwise;
    states = new EventStates(camera, clock);
  }

  /**
   * Takes one document.
   *
   * @param document as it was sent, unpacked; UTF-8 unless it says otherwise
   * @param clockOffset the camera's clock minus ours
   * @return what is new in it
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS if it is no XML
   */
  public List<CameraEvent> take(byte[] document, Duration clockOffset) {
    List<CameraEvent> events = new ArrayList<>();
    XmlCursor xml = XmlCursor.open(document, null);
    for (XmlCursor part : xml.children()) {
      switch (part.name()) {
        case "VideoAnalytics" -> {
          for (XmlCursor frame : part.children()) {
            if (frame.name().equals("Frame")) {
              frame(frame, clockOffset, events);
            }
          }
        }
        case "Event" -> {
          if (!heardOtherwise.getAsBoolean()) {
            for (Notification message : NotificationReader.readAll(part)) {
              states.take(message, clockOffset).ifPresent(events::add);
            }
          }
        }
        default -> {}
      }
    }
    events.addAll(states.expired());
    return events;
  }

  private void frame(XmlCursor frame, Duration clockOffset, List<CameraEvent> events) {
    String time = frame.attribute("UtcTime");
    Instant cameraTime = time == null ? null : OnvifTime.parse(time).orElse(null);
    for (XmlCursor object : frame.children()) {
      if (object.name().equals("Object") && events.size() < MAX_EVENTS) {
        String id = object.attribute("ObjectId");
        Sighting sighting = sighting(object);
        if (sighting != null && isNew(id, sighting)) {
          events.add(
              CameraTimes.event(
                  camera,
                  sighting.kind(),
                  CameraEvent.State.PULSE,
                  cameraTime,
                  clock.now(),
                  clockOffset,
                  TOPIC,
                  id == null ? Map.of() : Map.of("ObjectId", id),
                  sighting.data()));
        }
      }
    }
  }

  private boolean isNew(@Nullable String id, Sighting sighting) {
    String what = sighting.data().getOrDefault("PlateNumber", "");
    return id == null || !what.equals(seen.put(sighting.kind() + "/" + id, what));
  }

  /** What an object is. */
  private record Sighting(EventKind kind, Map<String, String> data) {}

  private static @Nullable Sighting sighting(XmlCursor object) {
    Sighting found = null;
    for (XmlCursor child : object.children()) {
      if (child.name().equals("Appearance")) {
        found = appearance(child);
      }
    }
    return found;
  }

  private static @Nullable Sighting appearance(XmlCursor xml) {
    Map<String, String> data = new LinkedHashMap<>();
    EventKind kind = null;
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "LicensePlateInfo" -> {
          kind = EventKind.PLATE;
          NotificationReader.leaves(child, data, 0);
        }
        case "HumanFace" -> {
          kind = kind == EventKind.PLATE ? kind : EventKind.FACE;
          NotificationReader.leaves(child, data, 0);
        }
        case "VehicleInfo" -> {
          kind = kind == null ? EventKind.OBJECT : kind;
          Map<String, String> vehicle = new LinkedHashMap<>();
          NotificationReader.leaves(child, vehicle, 0);
          vehicle.forEach((name, value) -> NotificationReader.put(data, "Vehicle" + name, value));
        }
        case "HumanBody" -> kind = kind == null ? EventKind.OBJECT : kind;
        case "Class" -> kind = classified(child, data, kind);
        default -> {}
      }
    }
    return kind == null ? null : new Sighting(kind, data);
  }

  /** {@code Class/Type} of today, {@code Class/ClassCandidate/Type} of older cameras. */
  private static @Nullable EventKind classified(
      XmlCursor xml, Map<String, String> data, @Nullable EventKind known) {
    EventKind kind = known;
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "Type" -> {
          NotificationReader.put(data, "likelihood", child.attribute("Likelihood"));
          kind = named(child.text(), data, kind);
        }
        case "ClassCandidate" -> {
          for (XmlCursor part : child.children()) {
            switch (part.name()) {
              case "Type" -> kind = named(part.text(), data, kind);
              case "Likelihood" -> NotificationReader.put(data, "likelihood", part.text());
              default -> {}
            }
          }
        }
        default -> {}
      }
    }
    return kind;
  }

  private static @Nullable EventKind named(
      String type, Map<String, String> data, @Nullable EventKind known) {
    NotificationReader.put(data, "class", type);
    if (known != null) {
      return known;
    }
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "licenseplate" -> EventKind.PLATE;
      case "face" -> EventKind.FACE;
      case "human",
          "humanbody",
          "person",
          "vehicle",
          "vehical",
          "car",
          "truck",
          "bus",
          "motorcycle",
          "bicycle",
          "bike",
          "animal" ->
          EventKind.OBJECT;
      default -> null;
    };
  }
}
