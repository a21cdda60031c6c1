package kg.sakchy.sim.onvif.event;

import java.util.Map;

/**
 * Something that happens on a device.
 *
 * @param topic path without prefix, for example {@code VideoSource/MotionAlarm}
 * @param source simple items that say where
 * @param data simple items that say what
 * @param elements element items by name: XML
 * @param operation whether it is a state, and what became of it
 */
public record SimEvent(
    String topic,
    Map<String, String> source,
    Map<String, String> data,
    Map<String, String> elements,
    Operation operation) {
  /** PropertyOperation of a message (ONVIF Core §9.5.2). */
  public enum Operation {
    /** No state: it happened, and is over. */
    NONE(""),
    /** A state as it is at first. */
    INITIALIZED("Initialized"),
    CHANGED("Changed"),
    /** The thing that had the state is no more. */
    DELETED("Deleted");

    private final String word;

    Operation(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** An event of a topic that devices declare; a state is {@code CHANGED}. */
  public static SimEvent of(SimTopic topic, Map<String, String> source, Map<String, String> data) {
    return new SimEvent(
        topic.path(),
        source,
        data,
        Map.of(),
        topic.property() ? Operation.CHANGED : Operation.NONE);
  }

  public SimEvent withOperation(Operation newOperation) {
    return new SimEvent(topic, source, data, elements, newOperation);
  }

  public SimEvent withElement(String name, String xml) {
    return new SimEvent(topic, source, data, Map.of(name, xml), operation);
  }
}
