package kg.sakchy.onvif.discovery;

import java.net.URI;

/** Asks whether somebody speaks ONVIF at an address. */
public interface DeviceKnock {
  /**
   * Sends an anonymous GetSystemDateAndTime; blocks a few seconds at most.
   *
   * @return whether the answer is one of ONVIF, be it the time or a fault
   */
  boolean answers(URI deviceService);
}
