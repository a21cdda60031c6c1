package kg.sakchy.server.tls;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import kg.sakchy.core.tls.HostNames;

/** The names and addresses of this machine. Threads: no state; asking may block. */
final class OwnHost {
  private static final HostNames LOOPBACK = HostNames.parse("localhost,127.0.0.1,::1");

  private OwnHost() {}

  /** Its host name, and the addresses of its interfaces that others can use. */
  static HostNames names() {
    return LOOPBACK.and(HostNames.parse(hostName())).and(HostNames.parse(addresses()));
  }

  /** Empty where the machine's name is none of the network's. */
  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.matches("[A-Za-z0-9.-]{1,253}") ? name : "";
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static String addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .map(text -> text.replaceFirst("%.*$", ""))
          .sorted()
          .collect(Collectors.joining(","));
    } catch (SocketException e) {
      return "";
    }
  }
}
