package kg.sakchy.sim.onvif.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XsdTime;

/** An event as NotificationMessage (ONVIF Core §9.5), and as devices spoil it. */
final class EventMessage {
  private final DeviceState device;
  private int spoiledStates;
  private int spoiledTimes;

  EventMessage(DeviceState device) {
    this.device = device;
  }

  /** XML of a message about what happens now. */
  String write(SimEvent event) {
    Instant now = device.clock().now();
    Xml xml =
        new Xml()
            .begin("wsnt:NotificationMessage")
            .leaf("wsnt:Topic", topic(event.topic()), "Dialect", TopicFilter.CONCRETE_SET)
            .begin("wsnt:Message");
    String time = device.has(SimQuirk.BAD_TIMESTAMPS) ? badTime(now) : XsdTime.format(now);
    if (event.operation() == SimEvent.Operation.NONE) {
      xml.begin("tt:Message", "UtcTime", time);
    } else {
      xml.begin("tt:Message", "UtcTime", time, "PropertyOperation", event.operation().word());
    }
    xml.begin("tt:Source");
    event.source().forEach((name, value) -> item(xml, name, value));
    xml.end().begin("tt:Data");
    for (Map.Entry<String, String> item : event.data().entrySet()) {
      item(xml, item.getKey(), spelt(item.getValue()));
    }
    event
        .elements()
        .forEach((name, value) -> xml.begin("tt:ElementItem", "Name", name).raw(value).end());
    return xml.end().end().end().end().finish();
  }

  private static void item(Xml xml, String name, String value) {
    xml.empty("tt:SimpleItem", "Name", name, "Value", value);
  }

  private String topic(String path) {
    String topic = "tns1:" + path;
    if (device.has(SimQuirk.TOPIC_VENDOR_PREFIX)) {
      topic = "tnshik:" + path;
    } else if (device.has(SimQuirk.TOPIC_PREFIX_EVERYWHERE)) {
      topic = "tns1:" + path.replace("/", "/tns1:");
    }
    return device.has(SimQuirk.TOPIC_TRAILING_SLASHES) ? topic + "//." : topic;
  }

  private String spelt(String value) {
    if (!device.has(SimQuirk.STATE_SPELLING)) {
      return value;
    }
    boolean even = spoiledStates++ % 2 == 0;
    return switch (value) {
      case "true" -> even ? "active" : "1";
      case "false" -> even ? "inactive" : "FALSE";
      default -> value;
    };
  }

  private String badTime(Instant now) {
    LocalDateTime local = LocalDateTime.ofInstant(now, device.clock().zone()).withNano(0);
    return switch (spoiledTimes++ % 3) {
      case 0 -> local.toLocalDate() + "T24:61:16Z";
      case 1 -> local.toLocalDate() + "T-07:10:32Z";
      default -> local.toString();
    };
  }
}
