package kg.sakchy.web.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.spi.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The transport of the JDK, but for listening sockets, which turn connections away that are too
 * many: before TLS, before a byte was read, before anything of the web server knows of them.
 *
 * <p>Threads: asked on event loops; no state of its own.
 */
public final class BoundedTransport implements io.vertx.core.transport.Transport {
  private final ConnectionGate gate;

  /**
   * @param gate asked of every connection
   */
  public BoundedTransport(ConnectionGate gate) {
    this.gate = gate;
  }

  @Override
  public String name() {
    return "bounded " + NIO.name();
  }

  @Override
  public boolean available() {
    return NIO.available();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return NIO.unavailabilityCause();
  }

  @Override
  public Transport implementation() {
    Transport nio = NIO.implementation();
    return new Transport() {
      @Override
      public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return domainSocket ? nio.serverChannelFactory(true) : () -> new BoundedServerChannel(gate);
      }

      @Override
      public IoHandlerFactory ioHandlerFactory() {
        return nio.ioHandlerFactory();
      }

      @Override
      public DatagramChannel datagramChannel() {
        return nio.datagramChannel();
      }

      @Override
      @SuppressWarnings("deprecation") // the interface names it
      public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return nio.datagramChannel(family);
      }

      @Override
      public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return nio.channelFactory(domainSocket);
      }
    };
  }
}
