package kg.sakchy.web.http;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.core.tls.HostNames;
import org.jspecify.annotations.Nullable;

/**
 * By which names this server is called: those of this machine's loopback, those of the
 * configuration and of the certificate, and the very address that a connection came to. A name of
 * an attacker that resolves to this server (DNS rebinding) is none of them: such an attack needs a
 * name, never an address.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class OwnNames {
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(:\\d{1,5})?");
  private static final int MAX_CHARS = 300;

  private final HostNames configured;
  private final @Nullable CurrentCertificate certificate;

  /**
   * @param configured what the operator says
   * @param certificate whose names count too, or null without TLS
   */
  public OwnNames(HostNames configured, @Nullable CurrentCertificate certificate) {
    this.configured = configured;
    this.certificate = certificate;
  }

  /**
   * Whether a {@code Host} value names this server.
   *
   * @param host name or address, and maybe a port
   * @param local where the connection came to
   */
  boolean include(@Nullable String host, @Nullable SocketAddress local) {
    if (host == null || host.length() > MAX_CHARS) {
      return false;
    }
    var parts = HOST.matcher(host);
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    Optional<InetAddress> literal = HostNames.literal(name);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || literal
            .filter(address -> address.isLoopbackAddress() || isAt(address, local))
            .isPresent()
        || configured.covers(name)
        || (certificate != null && certificate.get().names().covers(name));
  }

  private static boolean isAt(InetAddress address, @Nullable SocketAddress local) {
    String text = local == null ? null : local.hostAddress();
    return text != null && text.replaceFirst("%.*$", "").equals(address.getHostAddress());
  }
}
