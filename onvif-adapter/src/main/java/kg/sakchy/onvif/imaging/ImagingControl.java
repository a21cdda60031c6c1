package kg.sakchy.onvif.imaging;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlFragment;
import kg.sakchy.onvif.soap.XmlTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Focus, iris, day and night of one sensor.
 *
 * <p>Settings are sent one at a time, because many cameras refuse a whole set in which one value is
 * not theirs.
 *
 * <p>Threads: confined to the camera's steering queue; calls block.
 */
public final class ImagingControl {
  private static final XmlTemplate SOURCE =
      XmlTemplate.of("<timg:VideoSourceToken>{}</timg:VideoSourceToken>");
  private static final XmlTemplate FOCUS_SPEED =
      XmlTemplate.of(
          "<timg:Focus><tt:Continuous><tt:Speed>{}</tt:Speed></tt:Continuous></timg:Focus>");
  private static final XmlTemplate FOCUS_STEP =
      XmlTemplate.of(
          "<timg:Focus><tt:Relative><tt:Distance>{}</tt:Distance></tt:Relative></timg:Focus>");
  private static final XmlTemplate SETTINGS =
      XmlTemplate.of(
          "<timg:ImagingSettings>{}</timg:ImagingSettings>"
              + "<timg:ForcePersistence>false</timg:ForcePersistence>");
  private static final XmlTemplate FOCUS_MODE =
      XmlTemplate.of("<tt:Focus><tt:AutoFocusMode>{}</tt:AutoFocusMode></tt:Focus>");
  private static final XmlTemplate EXPOSURE_MODE =
      XmlTemplate.of("<tt:Exposure><tt:Mode>{}</tt:Mode></tt:Exposure>");
  private static final XmlTemplate IRIS =
      XmlTemplate.of("<tt:Exposure><tt:Mode>MANUAL</tt:Mode><tt:Iris>{}</tt:Iris></tt:Exposure>");
  private static final XmlTemplate DAY_NIGHT =
      XmlTemplate.of("<tt:IrCutFilter>{}</tt:IrCutFilter>");

  /** Part of the greatest step by which cameras without continuous focus move at full speed. */
  private static final double STEP = 0.1;

  private final DeviceSession session;
  private final XmlFragment source;
  private final ImagingAbilities abilities;
  private boolean manualFocus;

  private ImagingControl(DeviceSession session, XmlFragment source, ImagingAbilities abilities) {
    this.session = session;
    this.source = source;
    this.abilities = abilities;
  }

  /**
   * Asks the camera what can be set. A camera without imaging service, or with one that does not
   * work, is a valid one that can set nothing.
   *
   * @param profile token of a media profile of the sensor
   */
  public static ImagingControl open(DeviceSession session, String profile) {
    if (session.address(OnvifService.IMAGING).isEmpty()) {
      return new ImagingControl(session, XmlFragment.EMPTY, ImagingAbilities.NONE);
    }
    try {
      XmlFragment source = SOURCE.fill(VideoSources.of(session, profile));
      ImagingAbilities options =
          session.call(
              SoapRequest.of(OnvifService.IMAGING, "GetOptions", source), ImagingReader::options);
      return new ImagingControl(session, source, withMoves(session, source, options));
    } catch (VmsException e) {
      return switch (e.kind()) {
        case UNAVAILABLE, TIMEOUT, UNAUTHENTICATED, CANCELLED -> throw e;
        default -> new ImagingControl(session, XmlFragment.EMPTY, ImagingAbilities.NONE);
      };
    }
  }

  /** Cameras without a motor do not have GetMoveOptions. */
  private static ImagingAbilities withMoves(
      DeviceSession session, XmlFragment source, ImagingAbilities options) {
    try {
      return session.call(
          SoapRequest.of(OnvifService.IMAGING, "GetMoveOptions", source),
          answer -> ImagingReader.moveOptions(answer, options));
    } catch (VmsException e) {
      return options;
    }
  }

  public ImagingAbilities abilities() {
    return abilities;
  }

  /** Reads how the sensor is set. */
  public ImagingSettings settings() {
    return session.call(
        SoapRequest.of(OnvifService.IMAGING, "GetImagingSettings", source),
        ImagingReader::settings);
  }

  /** Moves the focus at a speed, or step by step where the camera knows no speeds; 0 stops. */
  public void focus(PtzCommand.Focus command) {
    require(abilities.hasFocus(), "the focus of this camera cannot be moved");
    if (command.speed() == 0) {
      imaging("Stop", source);
      return;
    }
    focusByHand();
    if (abilities.focusSpeed() != null) {
      move(FOCUS_SPEED.fill(command.speed() * abilities.focusSpeed()));
    } else if (abilities.focusStep() != null) {
      move(FOCUS_STEP.fill(command.speed() * abilities.focusStep() * STEP));
    } else {
      require(false, "the focus of this camera only goes to positions");
    }
  }

  private void move(XmlFragment focus) {
    imaging("Move", source.and(focus));
  }

  private void focusByHand() {
    if (!manualFocus && abilities.focusModes().contains("MANUAL")) {
      set(FOCUS_MODE.fill("MANUAL"));
    }
    manualFocus = true;
  }

  /** Leaves the focus to the camera. */
  public void autoFocus() {
    require(abilities.focusModes().contains("AUTO"), "the camera does not focus by itself");
    set(FOCUS_MODE.fill("AUTO"));
    manualFocus = false;
  }

  /** Opens (positive) or closes the iris by a part of its range; null leaves it to the camera. */
  public void iris(PtzCommand.Iris command) {
    Double min = abilities.irisMin();
    Double max = abilities.irisMax();
    if (min == null || max == null || !abilities.hasIris()) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "the iris of this camera cannot be set");
    }
    if (command.attenuation() == null) {
      set(EXPOSURE_MODE.fill("AUTO"));
      return;
    }
    double now = orMiddle(settings().iris(), min, max);
    // 0 dB is wide open, and higher values are darker; some makers count the other way below 0.
    double opening = max <= 0 ? max - min : min - max;
    set(IRIS.fill(Math.clamp(now + command.attenuation() * opening, min, max)));
  }

  private static double orMiddle(@Nullable Double value, double min, double max) {
    return value == null ? (min + max) / 2 : value;
  }

  public void dayNight(PtzCommand.DayNight command) {
    String mode =
        switch (command.mode()) {
          case DAY -> "ON";
          case NIGHT -> "OFF";
          case AUTO -> "AUTO";
        };
    require(abilities.dayNightModes().contains(mode), "the camera has no such mode for the night");
    set(DAY_NIGHT.fill(mode));
  }

  private void set(XmlFragment setting) {
    imaging("SetImagingSettings", source.and(SETTINGS.fill(setting)));
  }

  private void imaging(String operation, XmlFragment parameters) {
    session.call(
        SoapRequest.of(OnvifService.IMAGING, operation, parameters), answer -> answer.name());
  }

  private static void require(boolean able, String otherwise) {
    if (!able) {
      throw new VmsException(ErrorKind.UNSUPPORTED, otherwise);
    }
  }
}
