package kg.sakchy.core.config;

import kg.sakchy.core.tls.HostNames;

/**
 * The web server.
 *
 * @param host address to listen on; beyond loopback only with TLS, or if {@code insecure}
 * @param port TCP port; 0 takes a free one
 * @param names names and addresses, separated by commas, by which browsers and proxies reach the
 *     server, besides those of its certificate; see {@link #hostNames}
 * @param insecure whether others may be served without encryption
 * @param connections most connections at a time
 */
public record HttpConfig(String host, int port, String names, boolean insecure, int connections) {
  public static final HttpConfig DEFAULTS = new HttpConfig("127.0.0.1", 8080, "", false, 4_000);

  public HttpConfig {
    ConfigChecks.check(!host.isBlank(), "http.host", "an address");
    ConfigChecks.port("http.port", port);
    ConfigChecks.hosts("http.names", names);
    ConfigChecks.between("http.connections", connections, 1, 100_000);
  }

  /** On that address and port, the rest as by default. */
  public static HttpConfig at(String host, int port) {
    return new HttpConfig(host, port, DEFAULTS.names, DEFAULTS.insecure, DEFAULTS.connections);
  }

  /** The same on another port. */
  public HttpConfig withPort(int other) {
    return new HttpConfig(host, other, names, insecure, connections);
  }

  /** What {@link #names} says. */
  public HostNames hostNames() {
    return HostNames.parse(names);
  }
}
