package kg.sakchy.onvif.ptz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.onvif.ptz.FieldOfView.Direction;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlFragment;
import org.jspecify.annotations.Nullable;

/**
 * Moves one dome.
 *
 * <p>Threads: confined to the dome's queue; calls block.
 */
final class DomeMoves {
  /** A camera that loses us stops by itself after this; we repeat movements more often. */
  static final Duration MOVE_TIMEOUT = Duration.ofSeconds(2);

  private final DeviceSession session;
  private final String profile;
  private final DomeDescription dome;
  private final PictureSteps pictureSteps;
  private boolean panTiltMoves;
  private boolean zoomMoves;
  private boolean oneAxisAtATime;

  DomeMoves(DeviceSession session, String profile, DomeDescription dome) {
    this.session = session;
    this.profile = profile;
    this.dome = dome;
    pictureSteps = new PictureSteps(dome.pictureSteps(), this::readStatus);
  }

  private PtzStatus readStatus() {
    return session.call(PtzRequests.status(profile), PtzReader::status);
  }

  DomePosition position() {
    return DomePosition.of(readStatus(), dome);
  }

  /**
   * Moves at a speed. An axis that neither moves nor moved is left out: there are cameras that
   * refuse both in one message.
   */
  void velocity(PtzCommand.Velocity velocity) {
    boolean panTilt = velocity.pan() != 0 || velocity.tilt() != 0;
    boolean zoom = velocity.zoom() != 0;
    if ((panTilt && dome.velocities().isEmpty()) || (zoom && dome.zoomVelocities().isEmpty())) {
      throw unsupported("the camera does not move that way at a speed");
    }
    List<XmlFragment> vectors = new ArrayList<>();
    if (panTilt || panTiltMoves) {
      dome.velocities()
          .ifPresent(
              space ->
                  vectors.add(
                      PtzRequests.panTilt(
                          space.pan().scale(velocity.pan()),
                          space.tilt().scale(velocity.tilt()),
                          space)));
    }
    if (zoom || zoomMoves) {
      dome.zoomVelocities()
          .ifPresent(
              space -> vectors.add(PtzRequests.zoom(space.range().scale(velocity.zoom()), space)));
    }
    Duration timeout = dome.options().timeout(MOVE_TIMEOUT);
    send(vectors, vector -> PtzRequests.continuousMove(profile, vector, timeout));
    panTiltMoves = panTilt;
    zoomMoves = zoom;
  }

  void stop() {
    session.call(PtzRequests.stop(profile), answer -> answer.name());
    panTiltMoves = false;
    zoomMoves = false;
  }

  void absolute(PtzCommand.Absolute target) {
    List<XmlFragment> vectors = new ArrayList<>();
    if (target.panDegrees() != null || target.tiltDegrees() != null) {
      DomePosition now = position();
      vectors.add(
          look(
              now,
              orNow(target.panDegrees(), now.panDegrees()),
              orNow(target.tiltDegrees(), now.tiltDegrees())));
    }
    if (target.zoomFactor() != null) {
      vectors.add(zoom(target.zoomFactor()));
    }
    goTo(vectors);
  }

  private static double orNow(@Nullable Double wanted, @Nullable Double now) {
    if (wanted != null) {
      return wanted;
    }
    if (now == null) {
      throw unsupported("the camera does not tell where it looks; name both pan and tilt");
    }
    return now;
  }

  void relative(PtzCommand.Relative step) {
    boolean turns = step.panDegrees() != 0 || step.tiltDegrees() != 0;
    boolean zooms = step.zoomRatio() != 1;
    if (!turns && !zooms) {
      return;
    }
    DomePosition now = position();
    if (now.direction().isEmpty() || dome.positions().isEmpty()) {
      blindStep(step);
      return;
    }
    Direction from = now.direction().get();
    List<XmlFragment> vectors = new ArrayList<>();
    if (turns) {
      vectors.add(
          look(
              now, from.panDegrees() + step.panDegrees(), from.tiltDegrees() + step.tiltDegrees()));
    }
    if (zooms) {
      vectors.add(zoom(factor(now) * step.zoomRatio()));
    }
    goTo(vectors);
  }

  /** For cameras that do not tell where they look: what a step means is the camera's affair. */
  private void blindStep(PtzCommand.Relative step) {
    PanTiltSpace space =
        dome.steps().orElseThrow(() -> unsupported("the camera does not go step by step"));
    double pan = space.pan().scale(step.panDegrees() / (DomeDescription.SWEEP_DEGREES / 2));
    double tilt = space.tilt().scale(step.tiltDegrees() / DomeDescription.TILT_SWEEP.max());
    send(
        List.of(PtzRequests.panTilt(pan, tilt, space)),
        vector -> PtzRequests.relativeMove(profile, vector));
  }

  /** Brings a point to the middle; fractions run from the left upper corner. */
  void centre(PtzCommand.Centre point) {
    double x = 2 * point.x() - 1;
    double y = 1 - 2 * point.y();
    boolean done =
        pictureSteps.tried(
            x,
            y,
            vector ->
                session.call(PtzRequests.relativeMove(profile, vector), answer -> answer.name()));
    if (!done) {
      DomePosition now = position();
      goTo(List.of(lookAt(now, x, y)));
    }
  }

  /** Makes a part fill the picture: turns to its middle and zooms until its longer side fits. */
  void frame(PtzCommand.Frame part) {
    double ratio = 1 / Math.max(part.width(), part.height());
    DomePosition now = position();
    double x = 2 * (part.x() + part.width() / 2) - 1;
    double y = 1 - 2 * (part.y() + part.height() / 2);
    List<XmlFragment> vectors = new ArrayList<>();
    vectors.add(lookAt(now, x, y));
    if (dome.zoomPositions().isPresent()) {
      vectors.add(zoom(factor(now) * ratio));
    }
    goTo(vectors);
  }

  private XmlFragment lookAt(DomePosition now, double x, double y) {
    Direction from =
        now.direction().orElseThrow(() -> unsupported("the camera does not tell where it looks"));
    Direction to = dome.fieldOfView(factor(now)).towards(from, x, y);
    return look(now, to.panDegrees(), to.tiltDegrees());
  }

  private static double factor(DomePosition now) {
    if (now.zoomFactor() == null) {
      throw unsupported("the camera does not tell how far it is zoomed in");
    }
    return now.zoomFactor();
  }

  private XmlFragment look(DomePosition now, double pan, double tilt) {
    PanTiltSpace space =
        dome.positions().orElseThrow(() -> unsupported("the camera does not go to positions"));
    return PtzRequests.panTilt(
        dome.pan(space).toCamera(now.panNumber(space), pan),
        dome.tilt(space).toCamera(tilt),
        space);
  }

  private XmlFragment zoom(double factor) {
    ZoomSpace space =
        dome.zoomPositions()
            .orElseThrow(() -> unsupported("the camera does not zoom to positions"));
    return PtzRequests.zoom(dome.zoom(space).toCamera(factor), space);
  }

  private void goTo(List<XmlFragment> vectors) {
    send(vectors, vector -> PtzRequests.absoluteMove(profile, vector));
    panTiltMoves = false;
    zoomMoves = false;
  }

  private void send(List<XmlFragment> vectors, Function<XmlFragment, SoapRequest> request) {
    if (!oneAxisAtATime) {
      try {
        session.call(request.apply(XmlFragment.join(vectors)), answer -> answer.name());
        return;
      } catch (VmsException e) {
        if (vectors.size() < 2 || !isAboutTheMessage(e.kind())) {
          throw e;
        }
      }
    }
    for (XmlFragment vector : vectors) {
      session.call(request.apply(vector), answer -> answer.name());
    }
    oneAxisAtATime = true;
  }

  private static boolean isAboutTheMessage(ErrorKind kind) {
    return switch (kind) {
      case INVALID_ARGUMENT, FAILED_PRECONDITION, UNSUPPORTED, NOT_FOUND, INTERNAL -> true;
      default -> false;
    };
  }

  private static VmsException unsupported(String words) {
    return new VmsException(ErrorKind.UNSUPPORTED, words);
  }
}
