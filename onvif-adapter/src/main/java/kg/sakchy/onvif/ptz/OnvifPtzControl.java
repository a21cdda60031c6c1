package kg.sakchy.onvif.ptz;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzAbilities;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.core.ptz.PtzNamed;
import kg.sakchy.core.ptz.PtzPosition;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.camera.RegisteredCamera;
import kg.sakchy.onvif.camera.RegisteredCameras;
import org.jspecify.annotations.Nullable;

/**
 * Steers registered cameras over ONVIF.
 *
 * <p>A camera is asked what it can do when it is first steered; it is asked again when its
 * registration changes.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class OnvifPtzControl implements PtzControl {
  private final RegisteredCameras cameras;
  private final Function<CameraDevice, Lens> lenses;
  private final VmsClock clock;
  private final ConcurrentHashMap<CameraId, SteeredCamera> steered = new ConcurrentHashMap<>();

  /**
   * @param registry tells when to ask a camera anew
   * @param lenses what is known of a camera's lens; {@link Lens#ASSUMED} where nothing is. May
   *     block
   */
  public OnvifPtzControl(
      RegisteredCameras cameras,
      CameraRegistry registry,
      Function<CameraDevice, Lens> lenses,
      VmsClock clock) {
    this.cameras = cameras;
    this.lenses = lenses;
    this.clock = clock;
    registry.onDeviceChange((camera, device) -> steered.remove(camera));
  }

  @Override
  public CompletableFuture<Void> send(CameraId camera, String operator, PtzCommand command) {
    try {
      check(command);
    } catch (VmsException e) {
      return CompletableFuture.failedFuture(e);
    }
    return of(camera).send(operator, command);
  }

  private static void check(PtzCommand command) {
    boolean sane =
        switch (command) {
          case PtzCommand.Velocity v ->
              isPart(v.pan(), -1) && isPart(v.tilt(), -1) && isPart(v.zoom(), -1);
          case PtzCommand.Absolute a ->
              isFinite(a.panDegrees())
                  && isFinite(a.tiltDegrees())
                  && isFinite(a.zoomFactor())
                  && (a.panDegrees() != null || a.tiltDegrees() != null || a.zoomFactor() != null);
          case PtzCommand.Relative r ->
              Math.abs(r.panDegrees()) <= 360
                  && Math.abs(r.tiltDegrees()) <= 180
                  && r.zoomRatio() > 0
                  && Double.isFinite(r.zoomRatio());
          case PtzCommand.Centre c -> isPart(c.x(), 0) && isPart(c.y(), 0);
          case PtzCommand.Frame f ->
              isPart(f.x(), 0)
                  && isPart(f.y(), 0)
                  && f.width() > 0
                  && f.height() > 0
                  && f.x() + f.width() <= 1.001
                  && f.y() + f.height() <= 1.001;
          case PtzCommand.Focus f -> isPart(f.speed(), -1);
          case PtzCommand.Iris i -> i.attenuation() == null || isPart(i.attenuation(), -1);
          case PtzCommand.SetPreset p -> !p.name().isBlank() && p.name().length() <= 64;
          default -> true;
        };
    if (!sane) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a number of the command is out of range");
    }
  }

  private static boolean isPart(double value, double least) {
    return value >= least && value <= 1;
  }

  private static boolean isFinite(@Nullable Double value) {
    return value == null || Double.isFinite(value);
  }

  private SteeredCamera of(CameraId camera) {
    return steered.computeIfAbsent(camera, id -> new SteeredCamera(id, () -> open(id), clock));
  }

  private Dome open(CameraId camera) {
    RegisteredCamera registered;
    try {
      registered = cameras.require(camera);
    } catch (VmsException e) {
      steered.remove(camera); // whoever asks for cameras that do not exist fills no memory
      throw e;
    }
    return Dome.open(registered, lenses.apply(registered.device()));
  }

  /** How many cameras are remembered as steered. */
  int remembered() {
    return steered.size();
  }

  @Override
  public PtzAbilities abilities(CameraId camera) {
    return of(camera).dome().abilities();
  }

  @Override
  public List<PtzNamed> presets(CameraId camera) {
    return of(camera).dome().memory().presets();
  }

  @Override
  public List<PtzNamed> tours(CameraId camera) {
    return of(camera).dome().memory().tours();
  }

  /**
   * Makes a tour that the camera keeps.
   *
   * @param name for people
   * @param stops in order
   * @return the camera's name for it
   */
  public String createTour(CameraId camera, String name, List<TourStop> stops) {
    return of(camera).dome().memory().createTour(name, stops);
  }

  /** Replaces name and stops of a tour. */
  public void modifyTour(CameraId camera, String token, String name, List<TourStop> stops) {
    of(camera).dome().memory().modifyTour(token, name, stops);
  }

  @Override
  public PtzPosition position(CameraId camera) {
    return of(camera).position();
  }

  @Override
  public Watch watch(CameraId camera, Watcher watcher) {
    return of(camera).watch().add(watcher);
  }
}
