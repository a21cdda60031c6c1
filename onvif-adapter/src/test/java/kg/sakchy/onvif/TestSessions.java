package kg.sakchy.onvif;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.security.CertificatePins;
import kg.sakchy.onvif.security.PinStore;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.DeviceSessions;
import kg.sakchy.onvif.soap.DeviceTarget;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with scripted devices, their pins in memory.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class TestSessions implements AutoCloseable {
  private final DeviceSessions sessions;

  public TestSessions(VmsClock clock) {
    sessions = new DeviceSessions(clock, new CertificatePins(pins()));
  }

  /** An empty store of pins. */
  public static PinStore pins() {
    Map<String, String> kept = new ConcurrentHashMap<>();
    return new PinStore() {
      @Override
      public Optional<String> find(String peer) {
        return Optional.ofNullable(kept.get(peer));
      }

      @Override
      public String rememberFirst(String peer, String fingerprint) {
        String before = kept.putIfAbsent(peer, fingerprint);
        return before == null ? fingerprint : before;
      }
    };
  }

  /** A session with the right credentials. */
  public DeviceSession to(ScriptedDevice device) {
    return to(device, device.credentials());
  }

  public DeviceSession to(ScriptedDevice device, @Nullable Credentials credentials) {
    return sessions.session(DeviceTarget.parse(device.address().toString()), credentials);
  }

  public DeviceSessions all() {
    return sessions;
  }

  @Override
  public void close() {
    sessions.close();
  }
}
