package kg.sakchy.gateway.webrtc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A bad network between a player and the port: passes datagrams on, or loses them. */
final class LossyRelay implements AutoCloseable {
  private final DatagramSocket front;
  private final DatagramSocket back;
  private final Random random = new Random(1);
  private volatile double loss;
  private volatile @Nullable InetSocketAddress player;

  LossyRelay(InetSocketAddress server) throws IOException {
    front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> pass(front, back, server));
    Thread.ofPlatform().daemon().start(() -> pass(back, front, null));
  }

  /** The answer of the server, with this relay as its only candidate. */
  String candidates(String answer, int serverPort) {
    return answer
        .replaceAll("a=candidate:2 [^\r]*\r\n", "")
        .replace(" " + serverPort + " typ host", " " + front.getLocalPort() + " typ host");
  }

  /** Which part of what the server sends is lost from now on, 0 to 1. */
  void loss(double part) {
    loss = part;
  }

  private void pass(DatagramSocket from, DatagramSocket to, @Nullable InetSocketAddress server) {
    byte[] buffer = new byte[2048];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        from.receive(packet);
        InetSocketAddress target = server;
        if (server == null) {
          target = random.nextDouble() < loss ? null : player;
        } else {
          player = (InetSocketAddress) packet.getSocketAddress();
        }
        if (target != null) {
          to.send(new DatagramPacket(buffer, packet.getLength(), target));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
