package kg.sakchy.sim;

import java.time.Duration;
import kg.sakchy.core.time.VmsClock;

/**
 * How a server of simulated cameras runs.
 *
 * @param host address to listen on
 * @param port TCP port; 0 takes a free one
 * @param tls whether to speak RTSPS, with a certificate made for the occasion
 * @param sessionTimeout a session without a request for this long ends, as the answer to SETUP says
 * @param reportInterval between RTCP sender reports of a track
 * @param mtu most bytes of an RTP packet
 * @param clock where the cameras get their time from
 */
public record SimOptions(
    String host,
    int port,
    boolean tls,
    Duration sessionTimeout,
    Duration reportInterval,
    int mtu,
    VmsClock clock) {
  public static final SimOptions DEFAULTS =
      new SimOptions(
          "127.0.0.1",
          0,
          false,
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          1_400,
          VmsClock.system());

  public SimOptions withHost(String newHost) {
    return new SimOptions(newHost, port, tls, sessionTimeout, reportInterval, mtu, clock);
  }

  public SimOptions withPort(int newPort) {
    return new SimOptions(host, newPort, tls, sessionTimeout, reportInterval, mtu, clock);
  }

  public SimOptions withTls() {
    return new SimOptions(host, port, true, sessionTimeout, reportInterval, mtu, clock);
  }

  public SimOptions withSessionTimeout(Duration timeout) {
    return new SimOptions(host, port, tls, timeout, reportInterval, mtu, clock);
  }

  public SimOptions withMtu(int newMtu) {
    return new SimOptions(host, port, tls, sessionTimeout, reportInterval, newMtu, clock);
  }

  public SimOptions withReportInterval(Duration interval) {
    return new SimOptions(host, port, tls, sessionTimeout, interval, mtu, clock);
  }
}
