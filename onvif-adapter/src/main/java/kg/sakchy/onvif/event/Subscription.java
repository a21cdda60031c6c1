package kg.sakchy.onvif.event;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.OnvifTime;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlCursor;
import kg.sakchy.onvif.soap.XmlFragment;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that a camera has granted: where its manager is and what has to be sent back to
 * it.
 *
 * <p>Threads: confined to the camera's event loop; calls block.
 */
final class Subscription {
  /** What we ask for. Not every camera reads any other form than seconds. */
  static final Duration ASKED = Duration.ofMinutes(5);

  private static final int MAX_PARAMETERS = 8;

  private final DeviceSession session;
  private final VmsClock clock;
  private final List<XmlFragment> parameters;
  private URI manager;
  private Lease lease;

  private Subscription(
      DeviceSession session, VmsClock clock, URI manager, Granted granted, Lease lease) {
    this.session = session;
    this.clock = clock;
    this.manager = manager;
    parameters = granted.parameters();
    this.lease = lease;
  }

  /** Makes a pull point. */
  static Subscription pullPoint(DeviceSession session, VmsClock clock) {
    return made(session, clock, EventRequests.createPullPoint(ASKED));
  }

  /** Has messages sent to an address of ours. */
  static Subscription notifying(DeviceSession session, VmsClock clock, URI consumer) {
    return made(session, clock, EventRequests.subscribe(consumer, ASKED));
  }

  private static Subscription made(DeviceSession session, VmsClock clock, SoapRequest request) {
    Granted granted = session.call(request, Granted::read);
    if (granted.address().isEmpty()) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "the camera grants a subscription without an address");
    }
    Lease lease = Lease.of(ASKED, granted.current(), granted.termination(), clock.nanoTime());
    return new Subscription(session, clock, session.resolve(granted.address()), granted, lease);
  }

  Lease lease() {
    return lease;
  }

  /** Waits for messages. */
  List<Notification> pull(Duration timeout, int limit) {
    return session.callAt(
        manager, EventRequests.pull(timeout, limit, parameters), NotificationReader::readAll);
  }

  /**
   * Asks for more time. After an answer that made no sense the time is named absolutely, on the
   * camera's own clock: some cameras misread durations.
   */
  void renew() {
    Object until = lease.absurd() ? session.cameraClock().now().plus(ASKED) : ASKED;
    Granted granted =
        session.callAt(manager, EventRequests.renew(until, parameters), Granted::read);
    lease = Lease.of(ASKED, granted.current(), granted.termination(), clock.nanoTime());
  }

  /** Has all states told again; cameras that cannot do it tell them unasked or never. */
  void synchronize() {
    session.callAt(manager, EventRequests.synchronize(parameters), XmlCursor::name);
  }

  /**
   * Ends it. Only when we shut down: there are cameras on which this ends everybody's subscription,
   * and a subscription that is not renewed ends by itself.
   */
  void unsubscribe() {
    session.callAt(manager, EventRequests.unsubscribe(parameters), XmlCursor::name);
  }

  /**
   * Looks for the manager at the port of the device service: there are cameras whose ports of
   * subscriptions go dead.
   *
   * @return whether that is another address
   */
  boolean moveToDevicePort() {
    URI moved = session.atAnsweringEndpoint(manager);
    boolean other = !moved.equals(manager);
    manager = moved;
    return other;
  }

  /** What a camera grants. */
  private record Granted(
      String address,
      List<XmlFragment> parameters,
      @Nullable Instant current,
      @Nullable Instant termination) {

    static Granted read(XmlCursor answer) {
      String address = "";
      List<XmlFragment> parameters = new ArrayList<>();
      Instant current = null;
      Instant termination = null;
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "SubscriptionReference" -> {
            for (XmlCursor part : child.children()) {
              switch (part.name()) {
                case "Address" -> address = part.text();
                case "ReferenceParameters", "ReferenceProperties" -> {
                  for (XmlCursor parameter : part.children()) {
                    if (parameters.size() < MAX_PARAMETERS) {
                      parameters.add(parameter.raw());
                    }
                  }
                }
                default -> {}
              }
            }
          }
          case "CurrentTime" -> current = OnvifTime.parse(child.text()).orElse(null);
          case "TerminationTime" -> termination = OnvifTime.parse(child.text()).orElse(null);
          default -> {}
        }
      }
      return new Granted(address, List.copyOf(parameters), current, termination);
    }
  }
}
