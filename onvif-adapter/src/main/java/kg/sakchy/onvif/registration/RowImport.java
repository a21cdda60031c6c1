package kg.sakchy.onvif.registration;

import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraImportStore.Entry;
import kg.sakchy.core.device.CameraImports.Row.Outcome;
import kg.sakchy.core.device.CameraRegistration.Request;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Imports one row: a camera that is not registered gets registered, one that is gets what the row
 * says and it does not have yet.
 *
 * <p>A camera registered at the row's host and port with the row's login, or when the row has no
 * login, is taken for known without asking it, so that a table can be imported again while cameras
 * are away. Any other is probed.
 *
 * <p>Threads: safe for use by many threads; calls block (network, database).
 */
final class RowImport {
  private static final int TRIES = 3;

  private final CameraDirectory cameras;
  private final CameraRegistry registry;
  private final DeviceProbe probe;
  private final ProbingCameraRegistration registration;
  private final VmsClock clock;

  RowImport(CameraDirectory cameras, CameraRegistry registry, DeviceProbe probe, VmsClock clock) {
    this.cameras = cameras;
    this.registry = registry;
    this.probe = probe;
    this.registration = new ProbingCameraRegistration(cameras, registry, probe, clock);
    this.clock = clock;
  }

  /**
   * @param dryRun whether nothing is stored
   * @throws VmsException with {@link CameraRow#COLUMN} where a column is to blame
   */
  Entry run(int line, CameraRow row, KnownDevices known, boolean dryRun) {
    Optional<CameraDevice> sameAddress =
        known
            .at(row.address().service())
            .filter(
                device ->
                    row.address().credentials() == null
                        || row.address().credentials().equals(device.address().credentials()));
    if (sameAddress.isPresent()) {
      return update(line, row, sameAddress.get(), null, known, dryRun);
    }
    DeviceReport report = probe.probe(row.address());
    Optional<CameraDevice> sameDevice = registration.known(report.identity());
    return sameDevice.isPresent()
        ? update(line, row, sameDevice.get(), report, known, dryRun)
        : register(line, row, report, known, dryRun);
  }

  private Entry register(
      int line, CameraRow row, DeviceReport report, KnownDevices known, boolean dryRun) {
    known.claim(line, ProbedCamera.kept(report.identity()));
    Request request =
        new Request(
            row.address(),
            row.id(),
            row.name(),
            null,
            null,
            !Boolean.FALSE.equals(row.recording()),
            row.retentionDays(),
            row.placement().applyTo(null));
    if (row.id() != null && cameras.find(row.id()).isPresent()) {
      throw CameraRow.wrong(Column.ID, "another camera has this id: " + row.id());
    }
    if (dryRun) {
      ProbedCamera.of(ProbedCamera.ANY_ID, request, report, clock.now());
      return RowOutcome.done(line, Outcome.REGISTERED, row.id());
    }
    Camera camera = registration.register(request, report).camera();
    known.claim(line, camera.id());
    return RowOutcome.done(line, Outcome.REGISTERED, camera.id());
  }

  private Entry update(
      int line,
      CameraRow row,
      CameraDevice device,
      @Nullable DeviceReport report,
      KnownDevices known,
      boolean dryRun) {
    Camera stored = require(device.camera());
    known.claim(line, stored.id());
    if (row.id() != null && !row.id().equals(stored.id())) {
      throw CameraRow.wrong(
          Column.ID,
          "this camera is registered already: " + stored.name() + " (" + stored.id() + ")");
    }
    boolean changed = report != null && probedNew(stored, device, report, dryRun);
    changed |= changeCamera(stored, row, dryRun);
    changed |= changePlacement(stored, row, dryRun);
    return RowOutcome.done(line, changed ? Outcome.UPDATED : Outcome.UNCHANGED, stored.id());
  }

  private boolean probedNew(
      Camera stored, CameraDevice device, DeviceReport report, boolean dryRun) {
    ProbedCamera probed = ProbedCamera.refreshed(stored, device, report);
    if (probed.camera().equals(stored) && probed.device().equals(device)) {
      return false;
    }
    if (!dryRun) {
      registration.takeOver(device, report);
    }
    return true;
  }

  private boolean changeCamera(Camera stored, CameraRow row, boolean dryRun) {
    if (withRow(stored, row).equals(stored)) {
      return false;
    }
    if (!dryRun) {
      changeCamera(stored.id(), row);
    }
    return true;
  }

  /** Somebody else may change the camera at the same time. */
  private void changeCamera(CameraId id, CameraRow row) {
    for (int i = 1; ; i++) {
      try {
        cameras.change(withRow(require(id), row));
        return;
      } catch (VmsException e) {
        if (e.kind() != ErrorKind.CONFLICT || i == TRIES) {
          throw e;
        }
      }
    }
  }

  private Camera require(CameraId id) {
    return cameras
        .find(id)
        .orElseThrow(
            () -> new VmsException(ErrorKind.NOT_FOUND, "the camera was deleted meanwhile"));
  }

  private boolean changePlacement(Camera stored, CameraRow row, boolean dryRun) {
    Placement before = registry.placement(stored.id()).orElse(null);
    Placement after = row.placement().applyTo(before);
    if (after == null || after.equals(before)) {
      return false;
    }
    if (!dryRun) {
      registry.putPlacement(stored.id(), after);
    }
    return true;
  }

  private Camera withRow(Camera camera, CameraRow row) {
    boolean recording = row.recording() == null ? camera.recording() : row.recording();
    return new Camera(
        camera.id(),
        row.name() == null ? camera.name() : row.name(),
        camera.main(),
        camera.sub(),
        recording,
        row.retentionDays() == null ? camera.retentionDays() : row.retentionDays(),
        camera.createdAt(),
        recording && camera.recordingSince() == null
            ? clock.now()
            : recording ? camera.recordingSince() : null,
        camera.version());
  }
}
