package kg.sakchy.core.device;

import java.util.List;

/**
 * Asks a camera who it is and what it can do.
 *
 * <p>Threads: safe for use by many threads; calls block (network), and interruption ends them.
 */
public interface DeviceProbe {
  /**
   * Asks.
   *
   * @throws kg.sakchy.core.error.VmsException UNAVAILABLE or TIMEOUT when nobody answers,
   *     UNAUTHENTICATED when the login is refused, UNSUPPORTED when what answers is no ONVIF
   *     camera; the message is a sentence for the administrator
   */
  DeviceReport probe(DeviceAddress address);

  /**
   * Sets a camera up as far as {@code setup} says, each step for itself.
   *
   * @return what could not be done, in words; empty when all was
   */
  List<String> setUp(DeviceAddress address, DeviceSetup setup);
}
