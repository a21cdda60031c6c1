package kg.sakchy.sim.onvif.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * The topics a subscriber wants (ONVIF Core §9.6.3): concrete topics, or all below one, joined by
 * {@code |}.
 *
 * @param wanted paths without prefixes; those that end in {@code //.} mean all below; empty means
 *     all
 */
public record TopicFilter(List<String> wanted) {
  /** The dialect of topics in messages, and of filters. */
  public static final String CONCRETE_SET =
      "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet";

  private static final String CONCRETE =
      "http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete";
  private static final String BELOW = "//.";
  private static final int MAX_TOPICS = 64;

  static final TopicFilter ALL = new TopicFilter(List.of());

  /**
   * Reads a filter.
   *
   * @param filter null for all topics
   * @throws SoapFault if its dialect or a prefix is unknown, or if it looks into messages
   */
  public static TopicFilter read(@Nullable XmlElement filter, String timestamp) {
    if (filter == null) {
      return ALL;
    }
    List<String> wanted = new ArrayList<>();
    for (XmlElement child : filter.children()) {
      if (child.is(Ns.NOTIFICATION.uri(), "MessageContent")) {
        throw SoapFault.notification(
            "wsnt:InvalidMessageContentExpressionFault", timestamp, "content filters are not read");
      }
      if (child.is(Ns.NOTIFICATION.uri(), "TopicExpression")) {
        wanted.addAll(topics(child, timestamp));
      }
    }
    return new TopicFilter(List.copyOf(wanted));
  }

  private static List<String> topics(XmlElement expression, String timestamp) {
    String dialect = expression.attributes().getOrDefault("Dialect", CONCRETE);
    if (!dialect.equals(CONCRETE) && !dialect.equals(CONCRETE_SET)) {
      throw SoapFault.notification(
          "wsnt:TopicExpressionDialectUnknownFault", timestamp, "dialect " + dialect);
    }
    String[] parts = expression.text().split("\\|", -1);
    if (parts.length > MAX_TOPICS) {
      throw SoapFault.notification(
          "wsnt:InvalidTopicExpressionFault", timestamp, "too many topics");
    }
    return Stream.of(parts)
        .map(part -> path(part.strip(), expression, timestamp))
        .collect(Collectors.toList());
  }

  private static String path(String topic, XmlElement expression, String timestamp) {
    int colon = topic.indexOf(':');
    String prefix = colon < 0 ? "" : topic.substring(0, colon);
    if (!Ns.ONVIF_TOPICS.uri().equals(expression.scope().get(prefix))) {
      throw SoapFault.notification(
          "wsnt:TopicNotSupportedFault", timestamp, "topic of no known namespace: " + topic);
    }
    return Stream.of(topic.split("/", -1))
        .map(segment -> segment.substring(segment.indexOf(':') + 1))
        .collect(Collectors.joining("/"));
  }

  /** Whether a topic, a path without prefixes, is wanted. */
  public boolean passes(String topic) {
    if (wanted.isEmpty()) {
      return true;
    }
    for (String path : wanted) {
      if (path.equals(topic)) {
        return true;
      }
      if (path.endsWith(BELOW)) {
        String root = path.substring(0, path.length() - BELOW.length());
        if (topic.equals(root) || topic.startsWith(root + "/")) {
          return true;
        }
      }
    }
    return false;
  }
}
