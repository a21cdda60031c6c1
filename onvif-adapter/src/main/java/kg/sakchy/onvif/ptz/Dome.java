package kg.sakchy.onvif.ptz;

import java.util.Optional;
import kg.sakchy.core.ptz.PtzAbilities;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.onvif.camera.RegisteredCamera;
import kg.sakchy.onvif.imaging.ImagingAbilities;
import kg.sakchy.onvif.imaging.ImagingControl;
import kg.sakchy.onvif.soap.DeviceSession;

/**
 * One steered camera: carries commands out, one after the other.
 *
 * <p>Threads: {@link #carryOut} is confined to the dome's queue; the rest may be called from any
 * thread. Calls block.
 */
final class Dome {
  private final DomeDescription description;
  private final DomeMoves moves;
  private final DomeMemory memory;
  private final DomeAuxiliaries auxiliaries;
  private final ImagingControl imaging;

  private Dome(DeviceSession session, String profile, DomeDescription description) {
    this.description = description;
    moves = new DomeMoves(session, profile, description);
    memory = new DomeMemory(session, profile);
    auxiliaries = new DomeAuxiliaries(session, profile, description.node().auxiliaries());
    imaging = ImagingControl.open(session, profile);
  }

  /**
   * Asks the camera what it can do.
   *
   * @throws kg.sakchy.core.error.VmsException UNSUPPORTED if it cannot be steered
   */
  static Dome open(RegisteredCamera camera, Lens lens) {
    DeviceSession session = camera.session();
    String profile = camera.device().mainProfile();
    return new Dome(session, profile, DomeDescription.read(session, profile, lens));
  }

  DomeMemory memory() {
    return memory;
  }

  DomePosition position() {
    return moves.position();
  }

  void carryOut(PtzCommand command) {
    switch (command) {
      case PtzCommand.Velocity velocity -> moves.velocity(velocity);
      case PtzCommand.Stop stop -> moves.stop();
      case PtzCommand.Absolute target -> moves.absolute(target);
      case PtzCommand.Relative step -> moves.relative(step);
      case PtzCommand.Centre point -> moves.centre(point);
      case PtzCommand.Frame part -> moves.frame(part);
      case PtzCommand.GoToPreset preset -> memory.goToPreset(preset);
      case PtzCommand.SetPreset preset -> memory.setPreset(preset);
      case PtzCommand.RemovePreset preset -> memory.removePreset(preset);
      case PtzCommand.GoHome home -> memory.goHome();
      case PtzCommand.SetHome home -> memory.setHome();
      case PtzCommand.Tour tour -> memory.operateTour(tour);
      case PtzCommand.Auxiliary auxiliary -> auxiliaries.send(auxiliary);
      case PtzCommand.Focus focus -> imaging.focus(focus);
      case PtzCommand.AutoFocus focus -> imaging.autoFocus();
      case PtzCommand.Iris iris -> imaging.iris(iris);
      case PtzCommand.DayNight dayNight -> imaging.dayNight(dayNight);
    }
  }

  PtzAbilities abilities() {
    Optional<PanTiltSpace> positions = description.positions();
    FloatRange tilt =
        positions
            .filter(space -> space.countsDegrees() && space.tilt().isFinite())
            .map(PanTiltSpace::tilt)
            .orElse(DomeDescription.TILT_SWEEP);
    Optional<ZoomSpace> zoom = description.zoomPositions();
    ImagingAbilities picture = imaging.abilities();
    return new PtzAbilities(
        description.velocities().isPresent() || description.zoomVelocities().isPresent(),
        positions.isPresent(),
        positions.map(space -> !space.countsDegrees() || space.pan().width() >= 360).orElse(false),
        tilt.min(),
        tilt.max(),
        zoom.map(space -> description.zoom(space).maxFactor()).orElse(1.0),
        zoom.map(this::isMeasured).orElse(false),
        description.node().home(),
        description.node().maxPresets(),
        description.node().maxTours(),
        auxiliaries.devices(),
        picture.hasFocus(),
        picture.hasIris(),
        picture.hasDayNight());
  }

  private boolean isMeasured(ZoomSpace space) {
    return description.zoom(space) instanceof ZoomScale.FocalLength
        || description.lens().measured();
  }
}
