package kg.sakchy.core.config;

/**
 * The web server.
 *
 * @param host address to listen on: a loopback one, since nothing is encrypted
 * @param port TCP port; 0 takes a free one
 */
public record HttpConfig(String host, int port) {
  public static final HttpConfig DEFAULTS = new HttpConfig("127.0.0.1", 8080);

  public HttpConfig {
    ConfigChecks.check(!host.isBlank(), "http.host", "an address");
    ConfigChecks.port("http.port", port);
  }
}
