package kg.sakchy.onvif.probe;

import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceSetup;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.device.DeviceInformation;
import kg.sakchy.onvif.device.DeviceService;
import kg.sakchy.onvif.media.MediaService;
import kg.sakchy.onvif.media.Profile;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.DeviceSessions;
import kg.sakchy.onvif.soap.DeviceTarget;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SystemDateAndTime;
import org.jspecify.annotations.Nullable;

/**
 * Probes cameras over ONVIF: the clock and the services first, then one question that needs the
 * login, then the rest two at a time. Only the login and the device information have to work; every
 * other service is optional.
 *
 * <p>Threads: safe for use by many threads; calls block.
 */
public final class OnvifDeviceProbe implements DeviceProbe {
  private final DeviceSessions sessions;
  private final VmsClock clock;

  public OnvifDeviceProbe(DeviceSessions sessions, VmsClock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public DeviceReport probe(DeviceAddress address) {
    DeviceSession session = sessions.session(DeviceTarget.of(address), address.credentials());
    SystemDateAndTime told = firstContact(session);
    session.lookUpServices();
    DeviceService device = new DeviceService(session);
    DeviceInformation information = device.information();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Findings.General> general = threads.submit(() -> general(device));
      Future<Findings.Video> video = threads.submit(() -> video(session, threads));
      try {
        return new Findings(
                answered(address, session),
                services(session),
                information,
                joined(general),
                joined(video),
                told,
                session.cameraClock().offset().orElse(null))
            .report();
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /** Whether anything like ONVIF is there at all; the clock is the one question all answer. */
  private static @Nullable SystemDateAndTime firstContact(DeviceSession session) {
    try {
      return session.measureClock();
    } catch (VmsException e) {
      if (e.context().containsKey("fault") && e.kind() != ErrorKind.UNAUTHENTICATED) {
        return null; // it refuses in SOAP, so it is one
      }
      if (e.kind() == ErrorKind.NOT_FOUND || e.kind() == ErrorKind.DATA_LOSS) {
        throw new VmsException(
            ErrorKind.UNSUPPORTED, "what answers is no ONVIF camera: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private static Findings.General general(DeviceService device) {
    return new Findings.General(
        optional(device::endpointReference, ""),
        optional(device::scopes, List.of()),
        optional(device::hardwareAddress, Optional.empty()));
  }

  private static Findings.Video video(DeviceSession session, ExecutorService threads) {
    Optional<MediaService> opened = optional(() -> MediaService.open(session), Optional.empty());
    if (opened.isEmpty()) {
      return new Findings.Video(List.of(), false, false, Map.of(), Map.of());
    }
    MediaService media = opened.get();
    Map<String, Future<Optional<URI>>> asked = new LinkedHashMap<>();
    for (Profile profile : media.profiles()) {
      if (profile.encoder() != null) {
        asked.put(
            profile.token(),
            threads.submit(
                () ->
                    optional(
                        () -> Optional.of(media.streamUri(profile.token())), Optional.empty())));
      }
    }
    Map<String, URI> streams = new LinkedHashMap<>();
    asked.forEach((token, answer) -> joined(answer).ifPresent(uri -> streams.put(token, uri)));
    Map<String, URI> snapshots = new LinkedHashMap<>();
    streams.keySet().stream()
        .findFirst()
        .ifPresent(first -> media.snapshotUri(first).ifPresent(uri -> snapshots.put(first, uri)));
    return new Findings.Video(
        media.profiles(), media.isMedia2(), media.isMedia2Broken(), streams, snapshots);
  }

  private static Set<OnvifService> services(DeviceSession session) {
    Set<OnvifService> offered = EnumSet.noneOf(OnvifService.class);
    for (OnvifService service : OnvifService.values()) {
      if (session.address(service).isPresent()) {
        offered.add(service);
      }
    }
    return offered;
  }

  private static DeviceAddress answered(DeviceAddress asked, DeviceSession session) {
    return new DeviceAddress(
        session.address(OnvifService.DEVICE).orElse(asked.service()),
        asked.credentials(),
        asked.keepHost());
  }

  /** A camera that refuses a question, or answers nonsense, is still a camera. */
  private static <T> T optional(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (VmsException e) {
      return switch (e.kind()) {
        case UNSUPPORTED,
            PERMISSION_DENIED,
            NOT_FOUND,
            DATA_LOSS,
            INVALID_ARGUMENT,
            FAILED_PRECONDITION,
            UNAVAILABLE ->
            otherwise;
        default -> throw e;
      };
    }
  }

  private static <T> T joined(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the probe was given up", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VmsException vms) {
        throw vms;
      }
      throw new VmsException(ErrorKind.INTERNAL, "the probe failed", e.getCause());
    }
  }

  @Override
  public List<String> setUp(DeviceAddress address, DeviceSetup setup) {
    DeviceSession session = sessions.session(DeviceTarget.of(address), address.credentials());
    return new SetUpSteps(session, clock).run(setup);
  }
}
