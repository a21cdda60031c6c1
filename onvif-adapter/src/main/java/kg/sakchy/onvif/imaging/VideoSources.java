package kg.sakchy.onvif.imaging;

import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlCursor;
import kg.sakchy.onvif.soap.XmlTemplate;

/** Finds the sensor behind a media profile: imaging is a matter of sensors, not of profiles. */
final class VideoSources {
  private static final XmlTemplate MEDIA2_PROFILE =
      XmlTemplate.of("<tr2:Token>{}</tr2:Token><tr2:Type>VideoSource</tr2:Type>");
  private static final XmlTemplate MEDIA_PROFILE =
      XmlTemplate.of("<trt:ProfileToken>{}</trt:ProfileToken>");

  private VideoSources() {}

  /** Token of the sensor; fails with UNSUPPORTED if the camera names none. */
  static String of(DeviceSession session, String profile) {
    return media2(session, profile)
        .or(() -> media1(session, profile))
        .or(() -> first(session))
        .orElseThrow(
            () -> new VmsException(ErrorKind.UNSUPPORTED, "the camera names no video source"));
  }

  private static Optional<String> media2(DeviceSession session, String profile) {
    return asked(
        session,
        SoapRequest.of(OnvifService.MEDIA2, "GetProfiles", MEDIA2_PROFILE.fill(profile)),
        answer ->
            answer.enter("Profiles")
                && answer.enter("Configurations")
                && answer.enter("VideoSource")
                && answer.enter("SourceToken"));
  }

  private static Optional<String> media1(DeviceSession session, String profile) {
    return asked(
        session,
        SoapRequest.of(OnvifService.MEDIA, "GetProfile", MEDIA_PROFILE.fill(profile)),
        answer ->
            answer.enter("Profile")
                && answer.enter("VideoSourceConfiguration")
                && answer.enter("SourceToken"));
  }

  private static Optional<String> asked(DeviceSession session, SoapRequest request, Path path) {
    if (session.address(request.service()).isEmpty()) {
      return Optional.empty();
    }
    try {
      return session.call(
          request, answer -> path.leads(answer) ? answer.optionalText() : Optional.empty());
    } catch (VmsException e) {
      return Optional.empty(); // a service that is listed and does not work; the next is asked
    }
  }

  private static Optional<String> first(DeviceSession session) {
    return session.call(
        SoapRequest.of(OnvifService.MEDIA, "GetVideoSources"),
        answer ->
            answer.enter("VideoSources")
                ? Optional.ofNullable(answer.attribute("token"))
                : Optional.empty());
  }

  /** Moves a cursor to the element wanted, if it is there. */
  private interface Path {
    boolean leads(XmlCursor answer);
  }
}
