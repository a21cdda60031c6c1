package kg.sakchy.gateway.webrtc.ice;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/**
 * A way to a peer: an address behind our UDP port, or a TCP connection to us.
 *
 * <p>Two that are equal are the same way. Threads: safe for use by many threads.
 */
public sealed interface IcePath {
  /** Where the peer's packets come from. */
  InetSocketAddress remote();

  /** Queues a packet, which is kept and must not change; it leaves with the next {@link #flush}. */
  void write(byte[] packet);

  void flush();

  /** Whether the way takes more just now. */
  boolean isWritable();

  /** Sends one packet at once. */
  default void send(byte[] packet) {
    write(packet);
    flush();
  }

  /** Ends the way, if it is this peer's alone. */
  void close();

  /** Datagrams through the port that all share. */
  record Udp(Channel socket, InetSocketAddress remote) implements IcePath {
    @Override
    public void write(byte[] packet) {
      socket.write(
          new DatagramPacket(Unpooled.wrappedBuffer(packet), remote), socket.voidPromise());
    }

    @Override
    public void flush() {
      socket.flush();
    }

    @Override
    public boolean isWritable() {
      return socket.isWritable();
    }

    @Override
    public void close() {
      // others go on using the socket
    }
  }

  /** A connection, packets framed by their length (RFC 4571 §2). */
  record Tcp(Channel connection, InetSocketAddress remote) implements IcePath {
    @Override
    public void write(byte[] packet) {
      connection.write(
          Unpooled.wrappedBuffer(
              new byte[] {(byte) (packet.length >> 8), (byte) packet.length}, packet),
          connection.voidPromise());
    }

    @Override
    public void flush() {
      connection.flush();
    }

    @Override
    public boolean isWritable() {
      return connection.isWritable();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
