package kg.sakchy.sim.onvif.ptz;

import java.time.Duration;
import kg.sakchy.sim.PtzPosition;
import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/** Movements and status (ONVIF PTZ §5.3). */
public final class PtzMoveService implements SoapService {
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

  private final PtzTarget target;
  private final PtzHead head;
  private final PtzSpec spec;
  private final PtzSpaces spaces;

  public PtzMoveService(PtzTarget target) {
    this.target = target;
    this.head = target.head();
    this.spec = head.spec();
    this.spaces = new PtzSpaces(target.device(), spec);
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "ContinuousMove" -> continuousMove(call);
      case "RelativeMove" -> relativeMove(call);
      case "AbsoluteMove" -> absoluteMove(call);
      case "Stop" -> stop(call);
      case "GetStatus" -> status(call);
      default -> null;
    };
  }

  private PtzVector vector(SoapCall call, String name, String panTiltSpace, String zoomSpace) {
    target.checkProfile(call);
    XmlElement element = call.body().child(name);
    if (element == null) {
      throw SoapFault.sender("ter:InvalidArgs", "missing " + name);
    }
    PtzVector vector = PtzVector.read(element, panTiltSpace, zoomSpace);
    if (vector.panTilt() != null
        && vector.zoom() != null
        && target.has(SimQuirk.COMBINED_MOVE_REFUSED)) {
      throw SoapFault.sender("ter:InvalidArgVal", "one axis at a time");
    }
    return vector;
  }

  private SoapAnswer continuousMove(SoapCall call) {
    PtzVector velocity = vector(call, "Velocity", PtzSpaces.VELOCITY, PtzSpaces.ZOOM_VELOCITY);
    String text = call.body().textAt("Timeout");
    Duration timeout =
        text == null || text.isEmpty() ? DEFAULT_TIMEOUT : XsdTime.parseDuration(text);
    if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw SoapFault.sender(
          "ter:InvalidArgVal", "ter:TimeoutNotSupported", "a timeout of 5 minutes at most");
    }
    PtzVector.Part panTilt = velocity.panTilt();
    PtzVector.Part zoom = velocity.zoom();
    if (zoom != null) {
      checkSpace(zoom.space(), PtzSpaces.ZOOM_VELOCITY);
      check(PtzSpaces.SIGNED.contains(zoom.x()), "ter:InvalidVelocity");
    }
    if (panTilt != null) {
      turn(panTilt, timeout);
    }
    if (zoom != null) {
      head.zoom(zoom.x(), timeout);
    }
    return SoapAnswer.empty("tptz:ContinuousMoveResponse");
  }

  private void turn(PtzVector.Part velocity, Duration timeout) {
    boolean degrees = velocity.space().equals(PtzSpaces.VELOCITY_DEGREES);
    checkSpace(velocity.space(), PtzSpaces.VELOCITY, PtzSpaces.VELOCITY_DEGREES);
    double pan = degrees ? velocity.x() : velocity.x() * spec.maxPanSpeed();
    double tilt = degrees ? velocity.y() : velocity.y() * spec.maxTiltSpeed();
    check(
        Math.abs(pan) <= spec.maxPanSpeed() + 1e-9 && Math.abs(tilt) <= spec.maxTiltSpeed() + 1e-9,
        "ter:InvalidVelocity");
    head.turn(pan, tilt, timeout);
  }

  private SoapAnswer relativeMove(SoapCall call) {
    PtzVector way = vector(call, "Translation", PtzSpaces.TRANSLATION, PtzSpaces.ZOOM_TRANSLATION);
    PtzVector.Part zoom = way.zoom();
    if (zoom != null) {
      checkSpace(zoom.space(), PtzSpaces.ZOOM_TRANSLATION);
      check(PtzSpaces.SIGNED.contains(zoom.x()), "ter:InvalidTranslation");
    }
    PtzVector.Part panTilt = way.panTilt();
    if (panTilt != null) {
      turnBy(panTilt, speed(call));
    }
    if (zoom != null) {
      head.zoomTo(Math.clamp(head.zoomShare() + zoom.x(), 0, 1), zoomSpeed(call));
    }
    return SoapAnswer.empty("tptz:RelativeMoveResponse");
  }

  private void turnBy(PtzVector.Part way, double speed) {
    PtzPosition now = head.position();
    double pan;
    double tilt;
    switch (way.space()) {
      case PtzSpaces.TRANSLATION -> {
        checkSigned(way);
        pan = way.x() * (spec.panMax() - spec.panMin()) / 2;
        tilt = way.y() * (spec.tiltMax() - spec.tiltMin()) / 2;
      }
      case PtzSpaces.TRANSLATION_DEGREES -> {
        pan = way.x();
        tilt = way.y();
      }
      case PtzSpaces.TRANSLATION_FOV -> {
        check(!target.has(SimQuirk.FOV_MOVE_REFUSED), "ter:SpaceNotSupported");
        checkSigned(way);
        // The upper right corner of the picture is (1, 1), and pictures are 16:9.
        double halfWidth = Math.tan(Math.toRadians(now.fieldOfViewDegrees() / 2));
        tilt = Math.toDegrees(Math.atan(way.y() * halfWidth * 9 / 16));
        double steep = Math.max(0.05, Math.cos(Math.toRadians(now.tiltDegrees())));
        pan = Math.toDegrees(Math.atan(way.x() * halfWidth)) / steep;
      }
      default -> throw spaceNotSupported(way.space());
    }
    head.turnTo(now.panDegrees() + pan, now.tiltDegrees() + tilt, speed);
  }

  private static void checkSigned(PtzVector.Part way) {
    check(
        PtzSpaces.SIGNED.contains(way.x()) && PtzSpaces.SIGNED.contains(way.y()),
        "ter:InvalidTranslation");
  }

  private SoapAnswer absoluteMove(SoapCall call) {
    PtzVector position = vector(call, "Position", PtzSpaces.POSITION, PtzSpaces.ZOOM_POSITION);
    PtzVector.Part panTilt = position.panTilt();
    PtzVector.Part zoom = position.zoom();
    double share = zoom == null ? 0 : zoomShare(zoom);
    if (panTilt != null) {
      turnTo(panTilt, speed(call));
    }
    if (zoom != null) {
      head.zoomTo(share, zoomSpeed(call));
    }
    return SoapAnswer.empty("tptz:AbsoluteMoveResponse");
  }

  private void turnTo(PtzVector.Part position, double speed) {
    if (position.space().equals(PtzSpaces.SPHERICAL)) {
      boolean inside =
          (spec.endlessPan() || within(position.x(), spec.panMin(), spec.panMax()))
              && within(position.y(), spec.tiltMin(), spec.tiltMax());
      check(inside, "ter:InvalidPosition");
      head.turnTo(position.x(), position.y(), speed);
      return;
    }
    checkSpace(position.space(), PtzSpaces.POSITION);
    check(
        spec.genericPan().contains(position.x()) && spec.genericTilt().contains(position.y()),
        "ter:InvalidPosition");
    PtzSpec.Range pan = new PtzSpec.Range(spec.panMin(), spec.panMax());
    PtzSpec.Range tilt = new PtzSpec.Range(spec.tiltMin(), spec.tiltMax());
    head.turnTo(
        pan.at(spec.genericPan().share(position.x())),
        tilt.at(spec.genericTilt().share(position.y())),
        speed);
  }

  private static boolean within(double value, double min, double max) {
    return new PtzSpec.Range(min, max).contains(value);
  }

  private double zoomShare(PtzVector.Part zoom) {
    if (zoom.space().equals(PtzSpaces.ZOOM_MILLIMETERS)) {
      double factor = zoom.x() / PtzSpaces.SHORTEST_MILLIMETERS;
      check(within(factor, 1, spec.zoomMax()), "ter:InvalidPosition");
      return Math.log(factor) / Math.log(spec.zoomMax());
    }
    checkSpace(zoom.space(), PtzSpaces.ZOOM_POSITION);
    check(spaces.zoomRange().contains(zoom.x()), "ter:InvalidPosition");
    return spaces.zoomRange().share(zoom.x());
  }

  private SoapAnswer stop(SoapCall call) {
    target.checkProfile(call);
    boolean panTilt = call.body().child("PanTilt") == null || call.body().flag("PanTilt");
    boolean zoom = call.body().child("Zoom") == null || call.body().flag("Zoom");
    head.stop(panTilt, zoom);
    return SoapAnswer.empty("tptz:StopResponse");
  }

  private SoapAnswer status(SoapCall call) {
    target.checkProfile(call);
    Xml xml = new Xml().begin("tptz:GetStatusResponse").begin("tptz:PTZStatus");
    if (!target.has(SimQuirk.NO_PTZ_STATUS)) {
      writePosition(xml, "tt:Position");
      boolean idle = target.has(SimQuirk.MOVE_STATUS_IDLE);
      xml.begin("tt:MoveStatus")
          .leaf("tt:PanTilt", !idle && head.panTiltMoving() ? "MOVING" : "IDLE")
          .leaf("tt:Zoom", !idle && head.zoomMoving() ? "MOVING" : "IDLE")
          .end();
    }
    return SoapAnswer.of(
        xml.leaf("tt:UtcTime", XsdTime.format(target.device().clock().now())).end().end());
  }

  /** Where the head is, in the generic spaces. */
  void writePosition(Xml xml, String element) {
    PtzPosition now = head.position();
    double pan = new PtzSpec.Range(spec.panMin(), spec.panMax()).share(now.panDegrees());
    double tilt = new PtzSpec.Range(spec.tiltMin(), spec.tiltMax()).share(now.tiltDegrees());
    xml.begin(element)
        .empty(
            "tt:PanTilt",
            "x",
            Xml.text(spec.genericPan().at(pan)),
            "y",
            Xml.text(spec.genericTilt().at(tilt)),
            "space",
            PtzSpaces.POSITION)
        .empty(
            "tt:Zoom",
            "x",
            Xml.text(spaces.zoomRange().at(head.zoomShare())),
            "space",
            PtzSpaces.ZOOM_POSITION)
        .end();
  }

  private static double speed(SoapCall call) {
    PtzVector speed =
        PtzVector.read(call.body().child("Speed"), PtzSpaces.SPEED, PtzSpaces.ZOOM_SPEED);
    PtzVector.Part panTilt = speed.panTilt();
    return panTilt == null ? 1 : Math.max(Math.abs(panTilt.x()), Math.abs(panTilt.y()));
  }

  private static double zoomSpeed(SoapCall call) {
    PtzVector speed =
        PtzVector.read(call.body().child("Speed"), PtzSpaces.SPEED, PtzSpaces.ZOOM_SPEED);
    PtzVector.Part zoom = speed.zoom();
    return zoom == null ? 1 : Math.abs(zoom.x());
  }

  private static void checkSpace(String space, String... known) {
    if (!java.util.List.of(known).contains(space)) {
      throw spaceNotSupported(space);
    }
  }

  private static SoapFault spaceNotSupported(String space) {
    return SoapFault.sender("ter:InvalidArgVal", "ter:SpaceNotSupported", "no space " + space);
  }

  private static void check(boolean fine, String subcode) {
    if (!fine) {
      throw SoapFault.sender("ter:InvalidArgVal", subcode, "out of range, or not supported");
    }
  }
}
