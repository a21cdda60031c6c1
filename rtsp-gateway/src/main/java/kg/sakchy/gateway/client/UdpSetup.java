package kg.sakchy.gateway.client;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.transport.IngestLoop;
import kg.sakchy.gateway.transport.MediaPath;
import kg.sakchy.gateway.transport.RtspChannel;
import kg.sakchy.gateway.transport.UdpPath;
import kg.sakchy.gateway.transport.UdpPorts;
import kg.sakchy.media.rtsp.TransportHeader;
import org.jspecify.annotations.Nullable;

/** Offers a pair of UDP ports. */
record UdpSetup(UdpPath path, InetAddress camera, UdpPath.Events events) implements TransportSetup {
  /** Binds a pair for each track, on the address that the camera sees. */
  static TransportSetup.Source source(
      UdpPorts ports, RtspChannel channel, IngestLoop loop, UdpPath.Events events) {
    return (ready, failed) -> prepare(ports, channel, loop, events, ready, failed);
  }

  private static void prepare(
      UdpPorts ports,
      RtspChannel channel,
      IngestLoop loop,
      UdpPath.Events events,
      Consumer<TransportSetup> ready,
      Consumer<Failure> failed) {
    InetAddress camera = channel.remoteAddress().getAddress();
    ports.bind(
        channel.localAddress().getAddress(),
        loop,
        new UdpPorts.Answer() {
          @Override
          public void bound(UdpPath path) {
            ready.accept(new UdpSetup(path, camera, events));
          }

          @Override
          public void failed(Failure failure) {
            failed.accept(failure);
          }
        });
  }

  @Override
  public TransportHeader offer() {
    return TransportHeader.ofClientPorts(path.ports());
  }

  @Override
  public MediaPath accept(TransportHeader answer, MediaPath.Receiver receiver) {
    if (answer.tcp() || answer.multicast()) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED, "the camera answered SETUP for UDP with " + answer.format());
    }
    path.open(sender(answer.source()), answer.serverPort(), receiver, events);
    return path;
  }

  /** A camera may send from another of its addresses; names are not looked up. */
  private InetAddress sender(@Nullable String source) {
    byte[] literal = source == null ? null : NetUtil.createByteArrayFromIpAddressString(source);
    try {
      InetAddress named = literal == null ? camera : InetAddress.getByAddress(literal);
      return named.isAnyLocalAddress() ? camera : named;
    } catch (UnknownHostException e) {
      return camera;
    }
  }

  @Override
  public void abandon() {
    path.close();
  }
}
