package kg.sakchy.onvif.soap;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.security.CameraClock;
import kg.sakchy.onvif.security.DeviceLogin;
import org.jspecify.annotations.Nullable;

/**
 * Everything remembered about talking to one camera: where its services are, how to log in, how far
 * its clock is off. Small, and holds no connection and no thread.
 *
 * <p>Threads: safe for use by many threads; calls block and are meant for virtual threads. At most
 * two requests are under way at a time, besides one that the camera holds back on purpose.
 *
 * <p>Fails: {@link VmsException}, always with a sentence for people: UNAVAILABLE and TIMEOUT when a
 * retry may help, UNAUTHENTICATED when it would not, UNSUPPORTED for what the camera does not have,
 * DATA_LOSS for answers that cannot be read, and the kinds that SOAP faults stand for.
 */
public final class DeviceSession {
  /** From the start of the connection to the end of the answer. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final DeviceTarget target;
  private final SoapTransport transport;
  private final ConnectLimiter limiter;
  private final VmsClock clock;
  private final DeviceLogin login;
  private final CameraClock cameraClock;
  private final Admission admission = new Admission();
  private final ReentrantLock firstLogin = new ReentrantLock();

  /** Where the services are, as text: a {@link URI} takes five times the room. */
  private volatile Map<OnvifService, String> services = Map.of();

  private volatile URI answered;
  private volatile boolean inContact;

  DeviceSession(
      DeviceTarget target,
      @Nullable Credentials credentials,
      SoapTransport transport,
      ConnectLimiter limiter,
      VmsClock clock) {
    this.target = target;
    this.transport = transport;
    this.limiter = limiter;
    this.clock = clock;
    login = new DeviceLogin(credentials, target.plainPasswords(), clock);
    cameraClock = new CameraClock(clock);
    answered = target.deviceService();
  }

  public DeviceTarget target() {
    return target;
  }

  /** The login, to change credentials. */
  public DeviceLogin login() {
    return login;
  }

  /** The camera's clock; asked for at the first login and every hour. */
  public CameraClock cameraClock() {
    return cameraClock;
  }

  /**
   * Asks a service; its address is looked up first if need be.
   *
   * @param reader given a cursor on the operation's answer element
   */
  public <T> T call(SoapRequest request, Function<XmlCursor, T> reader) {
    URI address = require(request.service());
    try {
      return callAt(address, request, reader);
    } catch (VmsException e) {
      URI other = atAnsweringEndpoint(address);
      boolean unreachable = e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.TIMEOUT;
      if (!unreachable || !request.repeatable() || other.equals(address)) {
        throw e;
      }
      T value = callAt(other, request, reader);
      Map<OnvifService, String> corrected = new EnumMap<>(services);
      corrected.put(request.service(), other.toString());
      services = corrected;
      return value;
    }
  }

  /**
   * Asks at an address the camera gave for it, as subscription managers have one each.
   *
   * @param address as {@link #resolve} made it
   * @param reader given a cursor on the operation's answer element
   */
  public <T> T callAt(URI address, SoapRequest request, Function<XmlCursor, T> reader) {
    if (!inContact) {
      limiter.await();
    }
    if (!request.hold().isZero()) {
      return exchange(address, request, reader);
    }
    admission.enter(ANSWER_TIMEOUT);
    try {
      return exchange(address, request, reader);
    } finally {
      admission.leave();
    }
  }

  /** Until the way to log in is known, requests go one at a time: two wrong tries are the limit. */
  private <T> T exchange(URI address, SoapRequest request, Function<XmlCursor, T> reader) {
    if (login.isSettled() && !needsClock()) {
      return new SoapCall<>(this, address, request, reader).answer();
    }
    firstLogin.lock();
    try {
      if (needsClock()) {
        tryMeasureClock();
      }
      return new SoapCall<>(this, address, request, reader).answer();
    } finally {
      firstLogin.unlock();
    }
  }

  private boolean needsClock() {
    return login.usesClock() && cameraClock.isStale();
  }

  /** A camera that does not tell its time is taken to share ours. */
  private void tryMeasureClock() {
    try {
      askClock();
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.TIMEOUT) {
        throw e;
      }
      cameraClock.measured(List.of());
    }
  }

  /** The address of a service, if the camera has it; asks the camera the first time. */
  public Optional<URI> address(OnvifService service) {
    if (service == OnvifService.DEVICE) {
      return Optional.of(answered);
    }
    if (services.isEmpty()) {
      lookUpServices();
    }
    return Optional.ofNullable(services.get(service)).map(URI::create);
  }

  private URI require(OnvifService service) {
    return address(service)
        .orElseThrow(
            () ->
                new VmsException(
                    ErrorKind.UNSUPPORTED, "the camera has no " + service + " service"));
  }

  /** Asks the camera again which services it has. */
  public void lookUpServices() {
    Map<OnvifService, String> found = new EnumMap<>(OnvifService.class);
    ServiceLookup.of(this).forEach((service, address) -> found.put(service, address.toString()));
    services = found;
  }

  /** The address of a service or subscription, made usable by the target's rule. */
  public URI resolve(String given) {
    return xaddrs().service(given);
  }

  /** The address of a stream or snapshot, made usable by the target's rule. */
  public URI resolveMedia(String given) {
    return xaddrs().media(given);
  }

  /** The same path at the host and port that answered, for addresses that do not. */
  public URI atAnsweringEndpoint(URI address) {
    return xaddrs().atAnsweringEndpoint(address);
  }

  private XAddrs xaddrs() {
    return new XAddrs(answered, target.rule());
  }

  /** Asks the camera for its time, whatever is under way besides. */
  public SystemDateAndTime measureClock() {
    if (!inContact) {
      limiter.await();
    }
    return askClock();
  }

  private SystemDateAndTime askClock() {
    Instant before = clock.now();
    SystemDateAndTime told =
        new SoapCall<>(this, answered, SystemDateAndTime.request(), SystemDateAndTime::read)
            .answer();
    Duration half = Duration.between(before, clock.now()).dividedBy(2);
    cameraClock.measured(told.offsets(before.plus(half)));
    return told;
  }

  /** Sends one request of a {@link SoapCall} and watches whether the camera is there. */
  HttpAnswer post(HttpPost post) {
    try {
      HttpAnswer answer = transport.exchange(post);
      inContact = true;
      return answer;
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.CANCELLED) { // giving up says nothing about the camera
        inContact = false;
      }
      throw e;
    }
  }

  /** The camera has moved to another port or to https, and what it told before is outdated. */
  void moved(URI deviceService) {
    answered = deviceService;
    services = Map.of();
  }
}
