package kg.sakchy.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A door on a fixed port of the loopback through which a server is reached, and which can be shut:
 * connections break and new ones are refused, as when the server has stopped.
 *
 * <p>Threads: opened and shut by the test; each direction of a connection has a thread of its own.
 */
public final class TcpRelay implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket door;

  /** A door that is shut. */
  public TcpRelay(int target) throws IOException {
    this.target = target;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  /** Where to knock. */
  public int port() {
    return port;
  }

  /** Lets connections through from now on. */
  public synchronized void open() throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    door = listening;
    Thread.ofVirtual().start(() -> accept(listening));
  }

  /** Breaks every connection and refuses new ones. */
  public synchronized void shut() throws IOException {
    ServerSocket listening = door;
    if (listening != null) {
      door = null;
      listening.close();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    shut();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket guest = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(guest);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pump(guest, server));
        Thread.ofVirtual().start(() -> pump(server, guest));
      } catch (IOException e) {
        // shut, or the server is away
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side hung up, or the door was shut
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }
}
