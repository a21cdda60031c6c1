package kg.sakchy.onvif.soap;

import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.security.CertificatePins;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of all cameras, one a {@link DeviceTarget#peer}, so that every part of the server
 * shares what is known of a camera, its admission limit, and the count of refused logins. The
 * longest unused of very many is forgotten.
 *
 * <p>After a restart the cameras come back at {@value #COLD_PER_SECOND} a second: 2,000 in under a
 * minute, and no storm.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class DeviceSessions implements AutoCloseable {
  private static final int COLD_PER_SECOND = 40;
  private static final int MAX_SESSIONS = 50_000;
  private static final int EVENT_LOOPS = 1;

  private final VmsClock clock;
  private final SoapTransport transport;
  private final ConnectLimiter limiter;
  private final Map<String, DeviceSession> sessions =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DeviceSession> eldest) {
          return size() > MAX_SESSIONS;
        }
      };

  public DeviceSessions(VmsClock clock, CertificatePins pins) {
    this.clock = clock;
    transport = new SoapTransport(EVENT_LOOPS, clock, pins);
    limiter = new ConnectLimiter(COLD_PER_SECOND, clock);
  }

  /**
   * The session of a camera. Another target under the same name starts a new one; other credentials
   * are used from the next request on, and give the camera two new tries.
   */
  public DeviceSession session(DeviceTarget target, @Nullable Credentials credentials) {
    synchronized (sessions) {
      DeviceSession known = sessions.get(target.peer());
      if (known != null && known.target().equals(target)) {
        known.login().use(credentials);
        return known;
      }
      DeviceSession fresh = new DeviceSession(target, credentials, transport, limiter, clock);
      sessions.put(target.peer(), fresh);
      return fresh;
    }
  }

  /** Forgets a camera, and with it the count of its refusals. */
  public void forget(String peer) {
    synchronized (sessions) {
      sessions.remove(peer);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
