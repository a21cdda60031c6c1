package kg.sakchy.core.tls;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Names and addresses of hosts, as configurations and certificates have them.
 *
 * @param names in lower case; one that begins with {@code *.} stands for every name with one label
 *     in its place (RFC 9525 §6.3)
 * @param addresses of IPv4 and IPv6
 */
public record HostNames(Set<String> names, Set<InetAddress> addresses) {
  public static final HostNames NONE = new HostNames(Set.of(), Set.of());

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
  private static final int MAX_CHARS = 253;

  /** Four decimal numbers without leading zeros: every other spelling is one that browsers undo. */
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  public HostNames {
    names = Set.copyOf(names);
    addresses = Set.copyOf(addresses);
  }

  /**
   * Reads names and addresses that are separated by commas.
   *
   * @throws VmsException INVALID_ARGUMENT when one is neither
   */
  public static HostNames parse(String list) {
    Set<String> names = new LinkedHashSet<>();
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (String part : list.split(",", -1)) {
      String host = part.strip().toLowerCase(Locale.ROOT);
      Optional<InetAddress> literal = literal(host.contains(":") ? bracketed(host) : host);
      if (literal.isPresent()) {
        addresses.add(literal.get());
      } else if (host.length() <= MAX_CHARS && NAME.matcher(host).matches()) {
        names.add(host);
      } else if (!host.isEmpty()) {
        throw new VmsException(
            ErrorKind.INVALID_ARGUMENT, "\"" + host + "\" is no name or address of a host");
      }
    }
    return new HostNames(names, addresses);
  }

  private static String bracketed(String host) {
    return host.startsWith("[") ? host : "[" + host + "]";
  }

  /** The subject alternative names of a certificate (RFC 5280 §4.2.1.6). */
  public static HostNames of(X509Certificate certificate) {
    Set<String> names = new LinkedHashSet<>();
    Set<InetAddress> addresses = new LinkedHashSet<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> one : all == null ? List.<List<?>>of() : all) {
        if (one.get(1) instanceof String text) {
          switch ((Integer) one.get(0)) {
            case DNS_NAME -> names.add(text.toLowerCase(Locale.ROOT));
            case IP_ADDRESS -> addresses.add(InetAddress.ofLiteral(text));
            default -> {} // names of mailboxes and the like
          }
        }
      }
    } catch (CertificateParsingException e) {
      return NONE;
    }
    return new HostNames(names, addresses);
  }

  /**
   * The address that a host in an URL is: four numbers, or an IPv6 address in brackets (RFC 3986
   * §3.2.2). Empty for names, and for other ways to write addresses.
   */
  public static Optional<InetAddress> literal(String host) {
    if (IPV4.matcher(host).matches()) {
      return Optional.of(InetAddress.ofLiteral(host));
    }
    if (!host.startsWith("[") || !host.endsWith("]") || host.contains("%")) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(host.substring(1, host.length() - 1));
      return Optional.of(address).filter(Inet6Address.class::isInstance);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a host of an URL is one of these. */
  public boolean covers(String host) {
    Optional<InetAddress> literal = literal(host);
    if (literal.isPresent()) {
      return addresses.contains(literal.get());
    }
    String name = host.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return !name.startsWith("*")
        && (names.contains(name) || (dot > 0 && names.contains("*" + name.substring(dot))));
  }

  /** Whether all of the others are among these. */
  public boolean coverAll(HostNames others) {
    return others.names().stream().allMatch(name -> names.contains(name) || covers(name))
        && addresses.containsAll(others.addresses());
  }

  /** These and the others. */
  public HostNames and(HostNames others) {
    Set<String> allNames = new LinkedHashSet<>(names);
    allNames.addAll(others.names());
    Set<InetAddress> allAddresses = new LinkedHashSet<>(addresses);
    allAddresses.addAll(others.addresses());
    return new HostNames(allNames, allAddresses);
  }
}
