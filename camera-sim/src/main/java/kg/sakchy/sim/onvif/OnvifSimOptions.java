package kg.sakchy.sim.onvif;

import java.time.Duration;
import kg.sakchy.core.time.VmsClock;

/**
 * How the simulator runs.
 *
 * @param host address of the shared port
 * @param port the shared TCP port; 0 takes a free one
 * @param https whether each HTTP port has a twin for HTTPS, with a certificate made for the
 *     occasion
 * @param clock where devices get their time from
 * @param longestPull the longest timeout of PullMessages that devices grant
 * @param pullCut when {@link SimQuirk#PULL_CUT} cuts a long poll
 * @param subscriptionTerm how long a subscription lives unless asked otherwise
 */
public record OnvifSimOptions(
    String host,
    int port,
    boolean https,
    VmsClock clock,
    Duration longestPull,
    Duration pullCut,
    Duration subscriptionTerm) {
  public static final OnvifSimOptions DEFAULTS =
      new OnvifSimOptions(
          "127.0.0.1",
          0,
          false,
          VmsClock.system(),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  public OnvifSimOptions withHost(String newHost) {
    return new OnvifSimOptions(newHost, port, https, clock, longestPull, pullCut, subscriptionTerm);
  }

  public OnvifSimOptions withPort(int newPort) {
    return new OnvifSimOptions(host, newPort, https, clock, longestPull, pullCut, subscriptionTerm);
  }

  public OnvifSimOptions withHttps() {
    return new OnvifSimOptions(host, port, true, clock, longestPull, pullCut, subscriptionTerm);
  }

  public OnvifSimOptions withClock(VmsClock newClock) {
    return new OnvifSimOptions(host, port, https, newClock, longestPull, pullCut, subscriptionTerm);
  }

  public OnvifSimOptions withPullCut(Duration newCut) {
    return new OnvifSimOptions(host, port, https, clock, longestPull, newCut, subscriptionTerm);
  }

  public OnvifSimOptions withSubscriptionTerm(Duration term) {
    return new OnvifSimOptions(host, port, https, clock, longestPull, pullCut, term);
  }
}
