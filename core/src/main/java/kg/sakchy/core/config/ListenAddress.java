package kg.sakchy.core.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Addresses that configurations name to listen on. Threads: no state; looking up may block. */
public final class ListenAddress {
  private ListenAddress() {}

  /**
   * Whether only this machine reaches what listens there.
   *
   * @param key of the configuration, for the message
   * @throws VmsException INVALID_ARGUMENT when there is no such host
   */
  public static boolean isLoopback(String key, String host) {
    for (InetAddress address : lookUp(key, host)) {
      if (!address.isLoopbackAddress()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The address of a host; the first if it has several.
   *
   * @param key of the configuration, for the message
   * @throws VmsException INVALID_ARGUMENT when there is no such host
   */
  public static InetAddress first(String key, String host) {
    return lookUp(key, host)[0];
  }

  private static InetAddress[] lookUp(String key, String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, key + ": there is no address for " + host, e);
    }
  }
}
