package kg.sakchy.onvif.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends probes and hears what comes back. The socket is not connected, because devices answer from
 * port 3702 as well as from any other.
 *
 * <p>Threads: one virtual thread receives; {@link #send} and {@link #close} may be called from any.
 */
final class ProbeSocket implements AutoCloseable {
  /** Answers of 2 kB are common, and nothing forbids the largest datagram. */
  private static final int MAX_DATAGRAM = 65_535;

  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final Logger log = LoggerFactory.getLogger(ProbeSocket.class);

  private final DatagramSocket socket;
  private final Receiver receiver;
  private final String name;

  /** Takes each datagram. */
  interface Receiver {
    /**
     * @param datagram its bytes, the receiver's to keep
     * @param heardBy name of the interface it came by, or empty where that is not known
     */
    void received(byte[] datagram, InetAddress sender, String heardBy);
  }

  private ProbeSocket(DatagramSocket socket, String name, Receiver receiver) {
    this.socket = socket;
    this.name = name;
    this.receiver = receiver;
  }

  /** A socket that multicasts into one network, with our address there. */
  static ProbeSocket multicast(LocalLink link, Receiver receiver) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(link.address(), 0));
    socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, link.networkInterface());
    socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
    return listening(socket, link.networkInterface().getName(), receiver);
  }

  /** A socket for single addresses. */
  static ProbeSocket unicast(Receiver receiver) throws IOException {
    return listening(new DatagramSocket(), "", receiver);
  }

  /**
   * A socket that hears what devices announce.
   *
   * @param group multicast address and port
   * @param links where it is joined; those where that fails are left out
   */
  static ProbeSocket announcements(
      InetSocketAddress group, Iterable<LocalLink> links, Receiver receiver) throws IOException {
    DatagramSocket socket = new DatagramSocket((SocketAddress) null);
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(group.getPort()));
    for (LocalLink link : links) {
      join(socket, group, link);
    }
    return listening(socket, "", receiver);
  }

  private static void join(DatagramSocket socket, InetSocketAddress group, LocalLink link) {
    try {
      socket.joinGroup(group, link.networkInterface());
    } catch (IOException e) {
      // An interface with two addresses is joined already, and one may go while we look.
    }
  }

  private static ProbeSocket listening(DatagramSocket socket, String name, Receiver receiver)
      throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    ProbeSocket opened = new ProbeSocket(socket, name, receiver);
    Thread.ofVirtual().name("discovery-receive").start(opened::receive);
    return opened;
  }

  private void receive() {
    byte[] buffer = new byte[MAX_DATAGRAM];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        continue; // closed, or an ICMP message about something sent before
      }
      receiver.received(
          Arrays.copyOf(packet.getData(), packet.getLength()), packet.getAddress(), name);
    }
  }

  /** Sends. A network that refuses it now is no reason to end a search; nobody answers then. */
  void send(byte[] datagram, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, to));
    } catch (IOException e) {
      log.atDebug().setCause(e).log("could not ask {}", to);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
