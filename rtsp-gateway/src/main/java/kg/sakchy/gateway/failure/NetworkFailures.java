package kg.sakchy.gateway.failure;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.GapCause;

/** Maps exceptions of sockets, name service and TLS to failures. Threads: pure functions. */
public final class NetworkFailures {
  private NetworkFailures() {}

  /**
   * The failure that an exception stands for.
   *
   * @param peer {@code host:port}, for the sentence
   */
  public static Failure of(Throwable error, String peer) {
    return switch (error) {
      case VmsException vms -> Failure.of(vms);
      case UnknownHostException _ ->
          Failure.network(ErrorKind.UNAVAILABLE, "the host name of " + peer + " is not known");
      case ConnectTimeoutException _ ->
          Failure.network(ErrorKind.TIMEOUT, peer + " did not accept a connection in time");
      case NoRouteToHostException _ ->
          Failure.network(ErrorKind.UNAVAILABLE, "there is no route to " + peer);
      case ConnectException connect -> connect(connect, peer);
      case DecoderException wrapped when wrapped.getCause() != null -> of(wrapped.getCause(), peer);
      case SSLException tls ->
          Failure.camera(
              ErrorKind.UNAVAILABLE, "no TLS connection to " + peer + ": " + tls.getMessage());
      case IOException io ->
          Failure.network(
              ErrorKind.UNAVAILABLE, "the connection to " + peer + " broke: " + io.getMessage());
      default ->
          new Failure(
              GapCause.UNKNOWN,
              VmsException.kindOf(error),
              "an unexpected error while talking to " + peer + ": " + error);
    };
  }

  private static Failure connect(ConnectException error, String peer) {
    String message = String.valueOf(error.getMessage());
    return message.contains("refused")
        ? Failure.network(ErrorKind.UNAVAILABLE, peer + " refuses connections: is the port right?")
        : Failure.network(ErrorKind.UNAVAILABLE, peer + " cannot be reached: " + message);
  }
}
