package kg.sakchy.onvif.registration;

import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers cameras by what a probe finds: profiles become streams, and camera, device and
 * placement are stored in one transaction.
 *
 * <p>A device is known again by its endpoint reference, or by make and serial number, wherever it
 * is; it is registered once.
 *
 * <p>Threads: safe for use by many threads; calls block (network, database).
 */
public final class ProbingCameraRegistration implements CameraRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(ProbingCameraRegistration.class);

  /** Without letters and digits that look alike. */
  private static final String ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int ID_LENGTH = 8;
  private static final int TRIES = 3;

  private final CameraDirectory cameras;
  private final CameraRegistry registry;
  private final DeviceProbe probe;
  private final VmsClock clock;
  private final SecureRandom random = new SecureRandom();

  public ProbingCameraRegistration(
      CameraDirectory cameras, CameraRegistry registry, DeviceProbe probe, VmsClock clock) {
    this.cameras = cameras;
    this.registry = registry;
    this.probe = probe;
    this.clock = clock;
  }

  @Override
  public Registered register(Request request) {
    return register(request, probe.probe(request.address()));
  }

  @Override
  public Registered refresh(CameraId camera, @Nullable DeviceAddress moved) {
    CameraDevice device =
        registry
            .device(camera)
            .orElseThrow(
                () ->
                    new VmsException(
                        ErrorKind.NOT_FOUND, "no such camera, or not an ONVIF one: " + camera));
    DeviceReport report = probe.probe(moved == null ? device.address() : moved);
    if (!same(device.identity(), report.identity())) {
      throw new VmsException(
          ErrorKind.CONFLICT,
          "another camera answers there: "
              + report.identity().make()
              + " "
              + report.identity().model()
              + ", serial number "
              + report.identity().serial());
    }
    return new Registered(takeOver(device, report), report);
  }

  /** Registers what was probed. */
  Registered register(Request request, DeviceReport report) {
    CameraId id = request.id();
    VmsException taken = new VmsException(ErrorKind.CONFLICT, "no id is free");
    for (int i = 0; i < TRIES; i++) {
      ProbedCamera probed =
          ProbedCamera.of(id == null ? newId() : id, request, report, clock.now());
      try {
        registry.register(probed.camera(), probed.device(), request.placement());
        return new Registered(cameras.find(probed.camera().id()).orElse(probed.camera()), report);
      } catch (VmsException e) {
        boolean mayBeTheId = id == null && known(report.identity()).isEmpty();
        if (e.kind() != ErrorKind.CONFLICT || !mayBeTheId) {
          throw e;
        }
        taken = e;
      }
    }
    throw taken;
  }

  /** The registered device that says it is this one. */
  Optional<CameraDevice> known(DeviceIdentity told) {
    DeviceIdentity identity = ProbedCamera.kept(told);
    return registry
        .deviceByEndpoint(identity.endpoint())
        .or(() -> registry.deviceBySerial(identity.make(), identity.serial()));
  }

  /**
   * Takes over what another probe of a registered camera found.
   *
   * @return the camera as stored
   */
  Camera takeOver(CameraDevice device, DeviceReport report) {
    for (int i = 1; ; i++) {
      Camera stored =
          cameras
              .find(device.camera())
              .orElseThrow(
                  () ->
                      new VmsException(ErrorKind.NOT_FOUND, "no such camera: " + device.camera()));
      ProbedCamera probed = ProbedCamera.refreshed(stored, device, report);
      try {
        Camera changed = probed.camera().equals(stored) ? stored : cameras.change(probed.camera());
        if (!probed.device().equals(device)) {
          registry.putDevice(probed.device());
        }
        return changed;
      } catch (VmsException e) {
        if (e.kind() != ErrorKind.CONFLICT || i == TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * Follows a camera that may have moved: if it no longer answers where it was and does at one of
   * {@code services}, it is registered there. Somebody who only claims its endpoint moves nothing
   * while the camera is where it was.
   *
   * @return whether it was moved
   */
  boolean follow(String endpoint, List<URI> services) {
    CameraDevice device = registry.deviceByEndpoint(endpoint).orElse(null);
    if (device == null || device.address().keepHost() || isAmong(device, services)) {
      return false;
    }
    if (answers(device)) {
      return false;
    }
    for (URI service : services) {
      try {
        refresh(device.camera(), new DeviceAddress(service, device.address().credentials(), false));
        LOG.atInfo()
            .addKeyValue("camera", device.camera())
            .addKeyValue("service", service)
            .log("the camera was found at another address");
        return true;
      } catch (VmsException e) {
        LOG.atDebug().setCause(e).log("camera {} is not at {}", device.camera(), service);
      }
    }
    return false;
  }

  private static boolean isAmong(CameraDevice device, List<URI> services) {
    String host = device.address().service().getHost();
    return services.stream().anyMatch(service -> host.equalsIgnoreCase(service.getHost()));
  }

  private boolean answers(CameraDevice device) {
    try {
      return same(device.identity(), probe.probe(device.address()).identity());
    } catch (VmsException e) {
      return switch (e.kind()) {
        case UNAVAILABLE, TIMEOUT, UNSUPPORTED, UNAUTHENTICATED -> false;
        case INVALID_ARGUMENT,
            PERMISSION_DENIED,
            NOT_FOUND,
            CONFLICT,
            FAILED_PRECONDITION,
            RESOURCE_EXHAUSTED,
            CANCELLED,
            DATA_LOSS,
            INTERNAL ->
            throw e;
      };
    }
  }

  /**
   * Whether two identities are of one device. A camera that tells nothing that could differ is
   * believed.
   */
  private static boolean same(DeviceIdentity before, DeviceIdentity told) {
    DeviceIdentity now = ProbedCamera.kept(told);
    if (!before.endpoint().isEmpty() && !now.endpoint().isEmpty()) {
      if (before.endpoint().equals(now.endpoint())) {
        return true;
      }
    }
    if (!before.serial().isEmpty() && !now.serial().isEmpty()) {
      return before.serial().equals(now.serial()) && before.make().equals(now.make());
    }
    return before.endpoint().isEmpty() || now.endpoint().isEmpty();
  }

  private CameraId newId() {
    StringBuilder id = new StringBuilder("cam-");
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
    }
    return new CameraId(id.toString());
  }
}
