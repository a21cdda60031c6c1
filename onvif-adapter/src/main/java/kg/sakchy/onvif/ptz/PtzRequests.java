package kg.sakchy.onvif.ptz;

import java.time.Duration;
import java.util.List;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlFragment;
import kg.sakchy.onvif.soap.XmlTemplate;
import org.jspecify.annotations.Nullable;

/** The requests of the PTZ service (ONVIF PTZ §5). */
final class PtzRequests {
  private static final XmlTemplate CONFIGURATION =
      XmlTemplate.of("<tptz:ConfigurationToken>{}</tptz:ConfigurationToken>");
  private static final XmlTemplate PROFILE =
      XmlTemplate.of("<tptz:ProfileToken>{}</tptz:ProfileToken>");
  private static final XmlTemplate VELOCITY = XmlTemplate.of("<tptz:Velocity>{}</tptz:Velocity>");
  private static final XmlTemplate TIMEOUT = XmlTemplate.of("<tptz:Timeout>{}</tptz:Timeout>");
  private static final XmlTemplate POSITION = XmlTemplate.of("<tptz:Position>{}</tptz:Position>");
  private static final XmlTemplate TRANSLATION =
      XmlTemplate.of("<tptz:Translation>{}</tptz:Translation>");
  private static final XmlTemplate PAN_TILT =
      XmlTemplate.of("<tt:PanTilt x=\"{}\" y=\"{}\" space=\"{}\"/>");
  private static final XmlTemplate ZOOM = XmlTemplate.of("<tt:Zoom x=\"{}\" space=\"{}\"/>");
  private static final XmlTemplate STOP =
      XmlTemplate.of("<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>");
  private static final XmlTemplate PRESET =
      XmlTemplate.of("<tptz:PresetToken>{}</tptz:PresetToken>");
  private static final XmlTemplate PRESET_NAME =
      XmlTemplate.of("<tptz:PresetName>{}</tptz:PresetName>");
  private static final XmlTemplate AUXILIARY =
      XmlTemplate.of("<tptz:AuxiliaryData>{}</tptz:AuxiliaryData>");
  private static final XmlTemplate DEVICE_AUXILIARY =
      XmlTemplate.of("<tds:AuxiliaryCommand>{}</tds:AuxiliaryCommand>");
  private static final XmlTemplate OPERATE_TOUR =
      XmlTemplate.of(
          "<tptz:PresetTourToken>{}</tptz:PresetTourToken><tptz:Operation>{}</tptz:Operation>");
  private static final XmlTemplate MODIFY_TOUR =
      XmlTemplate.of(
          """
          <tptz:PresetTour token="{}"><tt:Name>{}</tt:Name>\
          <tt:Status><tt:State>Idle</tt:State></tt:Status><tt:AutoStart>false</tt:AutoStart>\
          <tt:StartingCondition/>{}</tptz:PresetTour>\
          """);
  private static final XmlTemplate TOUR_SPOT =
      XmlTemplate.of(
          """
          <tt:TourSpot><tt:PresetDetail><tt:PresetToken>{}</tt:PresetToken></tt:PresetDetail>\
          <tt:StayTime>{}</tt:StayTime></tt:TourSpot>\
          """);

  private PtzRequests() {}

  private static SoapRequest ptz(String operation, XmlFragment... parameters) {
    return SoapRequest.of(OnvifService.PTZ, operation, XmlFragment.join(List.of(parameters)));
  }

  static SoapRequest nodes() {
    return ptz("GetNodes");
  }

  static SoapRequest configurations() {
    return ptz("GetConfigurations");
  }

  static SoapRequest compatibleConfigurations(String profile) {
    return ptz("GetCompatibleConfigurations", PROFILE.fill(profile));
  }

  static SoapRequest options(String configuration) {
    return ptz("GetConfigurationOptions", CONFIGURATION.fill(configuration));
  }

  static SoapRequest status(String profile) {
    return ptz("GetStatus", PROFILE.fill(profile));
  }

  /** Moves until the timeout; repeating it does no harm. */
  static SoapRequest continuousMove(String profile, XmlFragment vector, Duration timeout) {
    return ptz(
            "ContinuousMove", PROFILE.fill(profile), VELOCITY.fill(vector), TIMEOUT.fill(timeout))
        .repeating();
  }

  static SoapRequest absoluteMove(String profile, XmlFragment vector) {
    return ptz("AbsoluteMove", PROFILE.fill(profile), POSITION.fill(vector)).repeating();
  }

  static SoapRequest relativeMove(String profile, XmlFragment vector) {
    return ptz("RelativeMove", PROFILE.fill(profile), TRANSLATION.fill(vector));
  }

  static XmlFragment panTilt(double x, double y, PanTiltSpace space) {
    return PAN_TILT.fill(x, y, space.uri());
  }

  static XmlFragment zoom(double x, ZoomSpace space) {
    return ZOOM.fill(x, space.uri());
  }

  /** Stops both axes; a stop may be sent any number of times. */
  static SoapRequest stop(String profile) {
    return ptz("Stop", PROFILE.fill(profile), STOP.fill()).repeating();
  }

  static SoapRequest presets(String profile) {
    return ptz("GetPresets", PROFILE.fill(profile));
  }

  static SoapRequest goToPreset(String profile, String preset) {
    return ptz("GotoPreset", PROFILE.fill(profile), PRESET.fill(preset)).repeating();
  }

  static SoapRequest setPreset(String profile, String name, @Nullable String preset) {
    return ptz(
        "SetPreset",
        PROFILE.fill(profile),
        PRESET_NAME.fill(name),
        preset == null ? XmlFragment.EMPTY : PRESET.fill(preset));
  }

  static SoapRequest removePreset(String profile, String preset) {
    return ptz("RemovePreset", PROFILE.fill(profile), PRESET.fill(preset));
  }

  static SoapRequest goHome(String profile) {
    return ptz("GotoHomePosition", PROFILE.fill(profile)).repeating();
  }

  static SoapRequest setHome(String profile) {
    return ptz("SetHomePosition", PROFILE.fill(profile));
  }

  static SoapRequest tours(String profile) {
    return ptz("GetPresetTours", PROFILE.fill(profile));
  }

  /**
   * Runs a tour.
   *
   * @param operation {@code Start}, {@code Pause} or {@code Stop}
   */
  static SoapRequest operateTour(String profile, String tour, String operation) {
    return ptz("OperatePresetTour", PROFILE.fill(profile), OPERATE_TOUR.fill(tour, operation));
  }

  static SoapRequest createTour(String profile) {
    return ptz("CreatePresetTour", PROFILE.fill(profile));
  }

  static SoapRequest modifyTour(String profile, String tour, String name, List<TourStop> stops) {
    List<XmlFragment> spots =
        stops.stream().map(stop -> TOUR_SPOT.fill(stop.preset(), stop.stay())).toList();
    return ptz(
        "ModifyPresetTour",
        PROFILE.fill(profile),
        MODIFY_TOUR.fill(tour, name, XmlFragment.join(spots)));
  }

  /** Through the PTZ service, as Profile S does it. */
  static SoapRequest auxiliary(String profile, String command) {
    return ptz("SendAuxiliaryCommand", PROFILE.fill(profile), AUXILIARY.fill(command));
  }

  /** Through the device service, as Profile T does it. */
  static SoapRequest deviceAuxiliary(String command) {
    return SoapRequest.of(
        OnvifService.DEVICE, "SendAuxiliaryCommand", DEVICE_AUXILIARY.fill(command));
  }
}
