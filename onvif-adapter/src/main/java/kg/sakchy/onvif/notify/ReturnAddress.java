package kg.sakchy.onvif.notify;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.DatagramChannel;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * What a camera is told to send to: what the administrator says, or the address of this machine on
 * the network that leads to the camera.
 *
 * <p>Threads: stateless.
 *
 * @param listening where the server listens
 * @param advertised {@code host} or {@code host:port} to tell instead, IPv6 in brackets, or empty
 */
record ReturnAddress(InetSocketAddress listening, String advertised) {
  /** Any port will do: nothing is sent. */
  private static final int SOME_PORT = 9;

  /**
   * An address for a camera.
   *
   * @throws VmsException UNAVAILABLE if no network leads to it
   */
  URI to(InetAddress camera, String path) {
    String authority =
        advertised.isEmpty()
            ? literal(towards(camera)) + ":" + listening.getPort()
            : hasPort(advertised) ? advertised : advertised + ":" + listening.getPort();
    return URI.create("http://" + authority + path);
  }

  private static boolean hasPort(String authority) {
    return authority.lastIndexOf(':') > authority.lastIndexOf(']');
  }

  private InetAddress towards(InetAddress camera) {
    if (!listening.getAddress().isAnyLocalAddress()) {
      return listening.getAddress();
    }
    try (DatagramChannel route = DatagramChannel.open()) {
      route.connect(new InetSocketAddress(camera, SOME_PORT));
      return ((InetSocketAddress) route.getLocalAddress()).getAddress();
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE, "no network leads to " + camera.getHostAddress(), e);
    }
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return address instanceof Inet6Address
        ? "[" + (zone < 0 ? text : text.substring(0, zone)) + "]"
        : text;
  }
}
