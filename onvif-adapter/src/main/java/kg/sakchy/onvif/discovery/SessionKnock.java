package kg.sakchy.onvif.discovery;

import java.net.URI;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.soap.DeviceSessions;
import kg.sakchy.onvif.soap.DeviceTarget;

/**
 * Knocks with a session that is forgotten afterwards.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class SessionKnock implements DeviceKnock {
  private final DeviceSessions sessions;

  public SessionKnock(DeviceSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public boolean answers(URI deviceService) {
    DeviceTarget target =
        DeviceTarget.parse(deviceService.toString()).named("knock " + deviceService);
    try {
      sessions.session(target, null).measureClock();
      return true;
    } catch (VmsException e) {
      return switch (e.kind()) {
        // Only something that speaks SOAP refuses an operation or asks for a login in its words.
        case UNAUTHENTICATED, PERMISSION_DENIED, FAILED_PRECONDITION -> true;
        default -> false;
      };
    } finally {
      sessions.forget(target.peer());
    }
  }
}
