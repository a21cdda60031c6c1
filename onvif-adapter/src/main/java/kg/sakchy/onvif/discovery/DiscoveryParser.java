package kg.sakchy.onvif.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.onvif.discovery.DiscoveryMessage.Endpoint;
import kg.sakchy.onvif.soap.XmlCursor;

/**
 * Reads datagrams of WS-Discovery (2005/04) by local names, so that other versions of its
 * namespaces, and wrong ones, are read too.
 */
final class DiscoveryParser {
  private static final int MAX_MATCHES = 64;
  private static final int MAX_WORDS = 64;
  private static final int MAX_REFERENCE = 256;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  private DiscoveryParser() {}

  /**
   * Reads one datagram.
   *
   * @return empty for messages of other kinds, as probes of other clients
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS for what is no XML
   */
  static Optional<DiscoveryMessage> parse(byte[] datagram) {
    XmlCursor xml = XmlCursor.open(datagram, null);
    if (!xml.name().equals("Envelope") || !xml.enter("Body")) {
      return Optional.empty();
    }
    for (XmlCursor message : xml.children()) {
      switch (message.name()) {
        case "ProbeMatches" -> {
          return Optional.of(new DiscoveryMessage.Matches(matches(message, "ProbeMatch")));
        }
        case "ResolveMatches" -> {
          return Optional.of(new DiscoveryMessage.Matches(matches(message, "ResolveMatch")));
        }
        case "Hello" -> {
          return Optional.of(new DiscoveryMessage.Hello(endpoint(message)));
        }
        case "Bye" -> {
          return Optional.of(new DiscoveryMessage.Bye(endpoint(message).reference()));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private static List<Endpoint> matches(XmlCursor message, String each) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (XmlCursor match : message.children()) {
      if (match.name().equals(each) && endpoints.size() < MAX_MATCHES) {
        endpoints.add(endpoint(match));
      }
    }
    return endpoints;
  }

  private static Endpoint endpoint(XmlCursor xml) {
    String reference = "";
    List<String> types = List.of();
    List<String> scopes = List.of();
    List<String> addresses = List.of();
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "EndpointReference" -> reference = reference(child);
        case "Types" -> types = words(child.text()).stream().map(DiscoveryParser::local).toList();
        case "Scopes" -> scopes = words(child.text());
        case "XAddrs" -> addresses = words(child.text());
        default -> {}
      }
    }
    return new Endpoint(reference, types, new DeviceScopes(scopes), addresses);
  }

  private static String reference(XmlCursor xml) {
    return xml.enter("Address") ? canonical(xml.text()) : "";
  }

  /** One device answers as {@code urn:uuid:X}, {@code uuid:X} and in either case. */
  static String canonical(String reference) {
    Matcher uuid = UUID.matcher(reference);
    if (reference.length() <= MAX_REFERENCE && uuid.find()) {
      return "urn:uuid:" + uuid.group().toLowerCase(Locale.ROOT);
    }
    return reference.length() > MAX_REFERENCE ? "" : reference;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    while (from < text.length() && words.size() < MAX_WORDS) {
      int to = from;
      while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
        to++;
      }
      if (to > from) {
        words.add(text.substring(from, to));
      }
      from = to + 1;
    }
    return words;
  }

  private static String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }
}
