package kg.sakchy.sim.onvif;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.ptz.PtzHead;
import org.jspecify.annotations.Nullable;

/**
 * One device of an {@link OnvifSim}: its knobs, what happens to it, and what it saw.
 *
 * <p>Threads: any; what is asked for happens soon after.
 */
public final class SimDevice {
  private final DeviceState state;
  private final DeviceEndpoint endpoint;
  private final DevicePlace place;
  private final SimEvents events;
  private final @Nullable PtzHead ptz;
  private volatile boolean eventPortAlive = true;
  private volatile Runnable afterReboot = () -> {};
  private boolean wasMoving;

  SimDevice(
      DeviceState state,
      DeviceEndpoint endpoint,
      DevicePlace place,
      SimEvents events,
      @Nullable PtzHead ptz) {
    this.state = state;
    this.endpoint = endpoint;
    this.place = place;
    this.events = events;
    this.ptz = ptz;
  }

  public SimDeviceProfile profile() {
    return state.profile();
  }

  public String name() {
    return profile().identity().name();
  }

  /** The endpoint reference of discovery, without {@code urn:uuid:}. */
  public UUID endpointReference() {
    return state.endpoint();
  }

  /** Address of the device service. */
  public URI uri() {
    return place.uri("http");
  }

  /**
   * Address of the device service over TLS.
   *
   * @throws VmsException FAILED_PRECONDITION if the simulator runs without HTTPS
   */
  public URI httpsUri() {
    if (place.https() == 0) {
      throw new VmsException(ErrorKind.FAILED_PRECONDITION, "the simulator runs without HTTPS");
    }
    return place.uri("https");
  }

  /** Its habits. */
  public SimQuirks quirks() {
    return state.quirks();
  }

  /** Its clock, which may be wrong. */
  public SimDeviceClock clock() {
    return state.clock();
  }

  /** Its events. */
  public SimEvents events() {
    return events;
  }

  /**
   * Its head.
   *
   * @throws VmsException FAILED_PRECONDITION for a fixed camera
   */
  public PtzHead ptz() {
    if (ptz == null) {
      throw new VmsException(ErrorKind.FAILED_PRECONDITION, name() + " is a fixed camera");
    }
    return ptz;
  }

  /**
   * The link to the network breaks: connections of SOAP and RTSP are dropped and new ones refused
   * (at a shared port, closed), discovery hears nothing. The device goes on living and recording.
   */
  public void cutNetwork() {
    place.cut();
    onLoop(
        () -> {
          events.dropPulls();
          return true;
        });
    cameras().forEach(camera -> camera.setOffline(true));
  }

  /** The link is back. */
  public void restoreNetwork() {
    place.restore();
    cameras().forEach(camera -> camera.setOffline(false));
  }

  /** Whether the network is cut. */
  public boolean offline() {
    return place.offline();
  }

  private List<SimCamera> cameras() {
    return profile().streams().stream()
        .map(SimStream::camera)
        .filter(java.util.Objects::nonNull)
        .distinct()
        .toList();
  }

  /** Restarts at once: subscriptions and logins are forgotten, connections closed. */
  public void reboot() {
    onLoop(
        () -> {
          events.forgetSubscriptions();
          endpoint.login().expireNonces();
          return true;
        });
    place.disconnect();
    cameras().forEach(SimCamera::disconnect);
    afterReboot.run();
  }

  /** All nonces of HTTP Digest given out are stale. */
  public void expireNonces() {
    onLoop(
        () -> {
          endpoint.login().expireNonces();
          return true;
        });
  }

  /** Each answer takes so much longer, as on a slow link. */
  public void delayAnswers(Duration delay) {
    endpoint.delay(delay);
  }

  /** Answers everything badly from now on; null ends it. */
  public void answerBadly(@Nullable SimBadAnswer kind) {
    endpoint.answerBadly(DeviceEndpoint.ALL, kind);
  }

  /** Answers one operation badly from now on; null ends it. */
  public void answerBadly(String operation, @Nullable SimBadAnswer kind) {
    endpoint.answerBadly(operation, kind);
  }

  /** The other port of {@link SimQuirk#EVENTS_AT_OTHER_PORT} is dead until subscribed anew. */
  public void killEventPort() {
    eventPortAlive = false;
  }

  boolean eventPortAlive() {
    return eventPortAlive;
  }

  void reviveEventPort() {
    eventPortAlive = true;
  }

  /** Something to do after each restart, such as saying Hello. */
  public void afterReboot(Runnable task) {
    afterReboot = task;
  }

  /** Discovery scopes, fixed and added. */
  public List<String> scopes() {
    return onLoop(
        () -> {
          List<String> scopes = new ArrayList<>(state.fixedScopes());
          scopes.addAll(state.addedScopes());
          return scopes;
        });
  }

  /** Whether it lets itself be found. */
  public boolean discoverable() {
    return onLoop(state::discoverable);
  }

  /** How often an operation was asked for, refusals of login included. */
  public long calls(String operation) {
    return state.calls(operation);
  }

  /** Auxiliary commands carried out, the last one first. */
  public List<String> auxiliaryCommands() {
    return onLoop(() -> List.copyOf(state.auxiliaryCommands()));
  }

  DeviceState state() {
    return state;
  }

  DeviceEndpoint endpoint() {
    return endpoint;
  }

  DevicePlace place() {
    return place;
  }

  /** Tells who watches the head where it is, while it moves and once after. */
  void tellMovement() {
    if (ptz != null && ptz.watched()) {
      boolean moving = ptz.moving();
      if (moving || wasMoving) {
        ptz.changed();
      }
      wasMoving = moving;
    }
  }

  private <T> T onLoop(Callable<T> task) {
    return place.onLoop(task);
  }
}
