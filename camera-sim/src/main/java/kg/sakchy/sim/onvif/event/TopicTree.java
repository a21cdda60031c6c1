package kg.sakchy.sim.onvif.event;

import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.sim.onvif.soap.Xml;

/** Writes topics as the tree of a TopicSet (ONVIF Core §9.7). */
final class TopicTree {
  private final Xml xml;

  TopicTree(Xml xml) {
    this.xml = xml;
  }

  /** Writes topics by path; only the first segments carry the namespace. */
  void write(Map<String, SimTopic> topics) {
    level(topics, "tns1:");
  }

  private void level(Map<String, SimTopic> topics, String prefix) {
    Map<String, Map<String, SimTopic>> below = new TreeMap<>();
    topics.forEach(
        (path, topic) -> {
          int slash = path.indexOf('/');
          String segment = slash < 0 ? path : path.substring(0, slash);
          below
              .computeIfAbsent(segment, key -> new TreeMap<>())
              .put(slash < 0 ? "" : path.substring(slash + 1), topic);
        });
    below.forEach((segment, inside) -> node(prefix + segment, inside));
  }

  private void node(String element, Map<String, SimTopic> inside) {
    SimTopic own = inside.remove("");
    if (own == null) {
      xml.begin(element);
    } else {
      xml.begin(element, "wstop:topic", "true");
      description(own);
    }
    level(inside, "");
    xml.end();
  }

  private void description(SimTopic topic) {
    xml.begin("tt:MessageDescription", "IsProperty", String.valueOf(topic.property()));
    items("tt:Source", topic.source());
    items("tt:Data", topic.data());
    xml.end();
  }

  private void items(String element, Map<String, String> items) {
    xml.begin(element);
    new TreeMap<>(items)
        .forEach((name, type) -> xml.empty("tt:SimpleItemDescription", "Name", name, "Type", type));
    xml.end();
  }
}
