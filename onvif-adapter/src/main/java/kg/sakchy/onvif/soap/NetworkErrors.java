package kg.sakchy.onvif.soap;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Maps exceptions of sockets, name service, TLS and HTTP. Threads: pure functions. */
final class NetworkErrors {
  private NetworkErrors() {}

  /**
   * @param peer {@code host:port}, for the sentence
   */
  static VmsException of(Throwable error, Endpoint peer) {
    return switch (error) {
      case VmsException vms -> vms;
      case UnknownHostException _ ->
          unavailable("the host name of " + peer + " is not known", error);
      case ConnectTimeoutException _ ->
          new VmsException(ErrorKind.TIMEOUT, peer + " did not accept a connection in time", error);
      case NoRouteToHostException _ -> unavailable("there is no route to " + peer, error);
      case ConnectException _ -> connect(error, peer);
      case DecoderException wrapped when wrapped.getCause() != null -> of(wrapped.getCause(), peer);
      case NotSslRecordException _ ->
          unavailable(peer + " does not speak TLS: is https right?", error);
      case SSLException _ ->
          unavailable("no TLS connection to " + peer + ": " + error.getMessage(), error);
      case IOException _ ->
          unavailable("the connection to " + peer + " broke: " + error.getMessage(), error);
      default ->
          new VmsException(
              ErrorKind.INTERNAL, "an unexpected error while talking to " + peer, error);
    };
  }

  private static VmsException connect(Throwable error, Endpoint peer) {
    String message = String.valueOf(error.getMessage());
    return message.contains("refused")
        ? unavailable(peer + " refuses connections: is the port right?", error)
        : unavailable(peer + " cannot be reached: " + message, error);
  }

  private static VmsException unavailable(String message, Throwable cause) {
    return new VmsException(ErrorKind.UNAVAILABLE, message, cause);
  }
}
