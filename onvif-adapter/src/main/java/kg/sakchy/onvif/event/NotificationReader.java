package kg.sakchy.onvif.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kg.sakchy.onvif.soap.OnvifTime;
import kg.sakchy.onvif.soap.XmlCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code wsnt:NotificationMessage} elements, wherever they come: in answers of pull points,
 * in notifications, in metadata streams.
 */
final class NotificationReader {
  /** Of one answer; a camera that has more sends them in the next. */
  static final int MAX_MESSAGES = 1_000;

  private static final int MAX_ITEMS = 32;
  private static final int MAX_VALUE = 256;
  private static final int MAX_ELEMENT_DEPTH = 6;

  private NotificationReader() {}

  /**
   * The messages of a Notify that was sent to us (WS-BaseNotification 1.3 §3.2); none if the
   * envelope holds anything else.
   *
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS if it is no XML
   */
  static List<Notification> readNotify(byte[] envelope) {
    XmlCursor xml = XmlCursor.open(envelope, null);
    return xml.enter("Body") && xml.enter("Notify") ? readAll(xml) : List.of();
  }

  /** The messages among the children of the element the cursor stands on. */
  static List<Notification> readAll(XmlCursor parent) {
    List<Notification> all = new ArrayList<>();
    for (XmlCursor child : parent.children()) {
      if (child.name().equals("NotificationMessage") && all.size() < MAX_MESSAGES) {
        all.add(read(child));
      }
    }
    return all;
  }

  /** The message the cursor stands on. */
  static Notification read(XmlCursor xml) {
    String topic = "";
    Notification message = new Notification("", null, null, Map.of(), Map.of());
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "Topic" -> topic = Topics.plain(child.text());
        case "Message" -> message = message(child);
        default -> {}
      }
    }
    return new Notification(
        topic, message.cameraTime(), message.operation(), message.source(), message.data());
  }

  /** {@code wsnt:Message} wraps {@code tt:Message}; some cameras leave the wrapping out. */
  private static Notification message(XmlCursor xml) {
    Instant time = time(xml);
    Notification.Operation operation = operation(xml);
    Map<String, String> source = new LinkedHashMap<>();
    Map<String, String> data = new LinkedHashMap<>();
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "Message" -> {
          return message(child);
        }
        case "Source", "Key" -> items(child, source);
        case "Data" -> items(child, data);
        default -> {}
      }
    }
    return new Notification("", time, operation, source, data);
  }

  private static @Nullable Instant time(XmlCursor xml) {
    String text = xml.attribute("UtcTime");
    return text == null ? null : OnvifTime.parse(text).orElse(null);
  }

  private static Notification.@Nullable Operation operation(XmlCursor xml) {
    String text = xml.attribute("PropertyOperation");
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "initialized" -> Notification.Operation.INITIALIZED;
      case "changed" -> Notification.Operation.CHANGED;
      case "deleted" -> Notification.Operation.DELETED;
      default -> null;
    };
  }

  private static void items(XmlCursor xml, Map<String, String> items) {
    for (XmlCursor item : xml.children()) {
      switch (item.name()) {
        case "SimpleItem" -> put(items, item.attribute("Name"), item.attribute("Value"));
        case "ElementItem" -> leaves(item, items, 0);
        default -> {}
      }
    }
  }

  /** What a structured item tells, by the names of the elements that hold text. */
  static void leaves(XmlCursor xml, Map<String, String> items, int depth) {
    for (XmlCursor child : xml.children()) {
      String name = child.name();
      switch (name) {
        case "PlateNumber",
            "PlateType",
            "CountryCode",
            "IssuingEntity",
            "Type",
            "Brand",
            "Model",
            "Likelihood",
            "Value",
            "Gender",
            "Age",
            "Name",
            "Uri",
            "ImageUri",
            "Color" ->
            put(items, name, child.text());
        default -> {
          if (depth < MAX_ELEMENT_DEPTH) {
            leaves(child, items, depth + 1);
          }
        }
      }
    }
  }

  static void put(Map<String, String> items, @Nullable String name, @Nullable String value) {
    if (name != null && value != null && !value.isEmpty() && items.size() < MAX_ITEMS) {
      items.putIfAbsent(cut(name), cut(value));
    }
  }

  private static String cut(String text) {
    return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) : text;
  }
}
