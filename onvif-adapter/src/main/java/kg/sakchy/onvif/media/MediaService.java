package kg.sakchy.onvif.media;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlCursor;
import kg.sakchy.onvif.soap.XmlFragment;
import kg.sakchy.onvif.soap.XmlTemplate;

/**
 * The media service of one camera: Media2 (ONVIF Media2) where it works, else Media1 (ONVIF Media).
 * One of them is used for everything: tokens of one are not always known to the other.
 *
 * <p>Threads: safe for use by many threads; calls block. Fails as the session does.
 */
public final class MediaService {
  private static final int MAX_PROFILES = 256;

  private static final XmlFragment ALL_TYPES = new XmlFragment("<tr2:Type>All</tr2:Type>");
  private static final XmlTemplate STREAM2 =
      XmlTemplate.of("<tr2:Protocol>RTSP</tr2:Protocol><tr2:ProfileToken>{}</tr2:ProfileToken>");
  private static final XmlTemplate STREAM1 =
      XmlTemplate.of(
          "<trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
              + "<tt:Protocol>RTSP</tt:Protocol></tt:Transport></trt:StreamSetup>"
              + "<trt:ProfileToken>{}</trt:ProfileToken>");
  private static final XmlTemplate PROFILE2 =
      XmlTemplate.of("<tr2:ProfileToken>{}</tr2:ProfileToken>");
  private static final XmlTemplate PROFILE1 =
      XmlTemplate.of("<trt:ProfileToken>{}</trt:ProfileToken>");
  private static final XmlTemplate OPTIONS2 =
      XmlTemplate.of("<tr2:ConfigurationToken>{}</tr2:ConfigurationToken>");
  private static final XmlTemplate OPTIONS1 =
      XmlTemplate.of("<trt:ConfigurationToken>{}</trt:ConfigurationToken>");
  private static final XmlTemplate SET2 =
      XmlTemplate.of(
          "<tr2:Configuration token=\"{}\" GovLength=\"{}\"{}><tt:Name>{}</tt:Name>"
              + "<tt:UseCount>{}</tt:UseCount><tt:Encoding>{}</tt:Encoding><tt:Resolution>"
              + "<tt:Width>{}</tt:Width><tt:Height>{}</tt:Height></tt:Resolution>"
              + "<tt:RateControl ConstantBitRate=\"{}\"><tt:FrameRateLimit>{}</tt:FrameRateLimit>"
              + "<tt:BitrateLimit>{}</tt:BitrateLimit></tt:RateControl>{}"
              + "<tt:Quality>{}</tt:Quality></tr2:Configuration>");
  private static final XmlTemplate SET1 =
      XmlTemplate.of(
          "<trt:Configuration token=\"{}\"><tt:Name>{}</tt:Name><tt:UseCount>{}</tt:UseCount>"
              + "<tt:Encoding>{}</tt:Encoding><tt:Resolution><tt:Width>{}</tt:Width>"
              + "<tt:Height>{}</tt:Height></tt:Resolution><tt:Quality>{}</tt:Quality>"
              + "<tt:RateControl><tt:FrameRateLimit>{}</tt:FrameRateLimit>"
              + "<tt:EncodingInterval>{}</tt:EncodingInterval>"
              + "<tt:BitrateLimit>{}</tt:BitrateLimit></tt:RateControl>{}{}"
              + "<tt:SessionTimeout>{}</tt:SessionTimeout></trt:Configuration>"
              + "<trt:ForcePersistence>true</trt:ForcePersistence>");
  private static final XmlTemplate H264 =
      XmlTemplate.of(
          "<tt:H264><tt:GovLength>{}</tt:GovLength><tt:H264Profile>{}</tt:H264Profile></tt:H264>");
  private static final XmlTemplate ENCODING_PROFILE = XmlTemplate.of(" Profile=\"{}\"");

  private final DeviceSession session;
  private final OnvifService service;
  private final List<Profile> profiles;
  private final boolean brokenMedia2;

  private MediaService(
      DeviceSession session, OnvifService service, List<Profile> profiles, boolean brokenMedia2) {
    this.session = session;
    this.service = service;
    this.profiles = profiles;
    this.brokenMedia2 = brokenMedia2;
  }

  /**
   * Reads the profiles, by which it is found out which of the services works.
   *
   * @return empty for a device without video
   */
  public static Optional<MediaService> open(DeviceSession session) {
    boolean listed = session.address(OnvifService.MEDIA2).isPresent();
    boolean older = session.address(OnvifService.MEDIA).isPresent();
    if (listed) {
      try {
        List<Profile> found = profiles(session, OnvifService.MEDIA2);
        if (!found.isEmpty() || !older) {
          return Optional.of(new MediaService(session, OnvifService.MEDIA2, found, false));
        }
      } catch (VmsException e) {
        if (!older || e.kind() == ErrorKind.UNAUTHENTICATED || e.kind() == ErrorKind.CANCELLED) {
          throw e;
        }
      }
    }
    return older ? open1(session, listed) : Optional.empty();
  }

  private static Optional<MediaService> open1(DeviceSession session, boolean brokenMedia2) {
    try {
      List<Profile> found = profiles(session, OnvifService.MEDIA);
      return Optional.of(new MediaService(session, OnvifService.MEDIA, found, brokenMedia2));
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.UNSUPPORTED) {
        return Optional.empty(); // listed without being there: a loudspeaker, an encoder of sound
      }
      throw e;
    }
  }

  private static List<Profile> profiles(DeviceSession session, OnvifService service) {
    XmlFragment types = service == OnvifService.MEDIA2 ? ALL_TYPES : XmlFragment.EMPTY;
    return session.call(
        SoapRequest.of(service, "GetProfiles", types),
        response -> {
          List<Profile> found = new ArrayList<>();
          for (XmlCursor element : response.children()) {
            Profile profile = Profile.read(element);
            if (!profile.token().isEmpty() && found.size() < MAX_PROFILES) {
              found.add(profile);
            }
          }
          return List.copyOf(found);
        });
  }

  /** The profiles, as the camera orders them. */
  public List<Profile> profiles() {
    return profiles;
  }

  /** Whether Media2 is spoken. */
  public boolean isMedia2() {
    return service == OnvifService.MEDIA2;
  }

  /** Whether the camera lists a Media2 service that does not work. */
  public boolean isMedia2Broken() {
    return brokenMedia2;
  }

  /** RTSP address of a profile's stream: unicast, RTP however RTSP agrees on it. */
  public URI streamUri(String profile) {
    return uri("GetStreamUri", (isMedia2() ? STREAM2 : STREAM1).fill(profile))
        .orElseThrow(
            () ->
                new VmsException(
                    ErrorKind.UNSUPPORTED, "the camera gives no address for profile " + profile));
  }

  /** HTTP address of a still, where the camera has one. */
  public Optional<URI> snapshotUri(String profile) {
    try {
      return uri("GetSnapshotUri", (isMedia2() ? PROFILE2 : PROFILE1).fill(profile));
    } catch (VmsException e) {
      return switch (e.kind()) {
        case UNAUTHENTICATED, TIMEOUT, CANCELLED -> throw e;
        default -> Optional.empty(); // stills are optional, and so is knowing how to refuse them
      };
    }
  }

  private Optional<URI> uri(String operation, XmlFragment parameters) {
    return call(operation, parameters, MediaService::uriText).map(session::resolveMedia);
  }

  /** Media1 wraps it in MediaUri, Media2 does not. */
  private static Optional<String> uriText(XmlCursor response) {
    for (XmlCursor part : response.children()) {
      if (part.name().equals("Uri")) {
        return part.optionalText();
      }
      if (part.name().equals("MediaUri")) {
        return part.enter("Uri") ? part.optionalText() : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** What an encoder can be set to. */
  public EncoderOptions options(VideoEncoder encoder) {
    XmlTemplate parameters = isMedia2() ? OPTIONS2 : OPTIONS1;
    return call(
        "GetVideoEncoderConfigurationOptions",
        parameters.fill(encoder.token()),
        response -> EncoderOptions.read(response, encoder.codec()));
  }

  /** Sets an encoder, for good. */
  public void set(VideoEncoder encoder) {
    call(
        "SetVideoEncoderConfiguration",
        isMedia2() ? configuration2(encoder) : configuration1(encoder),
        XmlCursor::name);
  }

  private static XmlFragment configuration2(VideoEncoder encoder) {
    return SET2.fill(
        encoder.token(),
        encoder.govLength(),
        encoder.encodingProfile().isEmpty()
            ? XmlFragment.EMPTY
            : ENCODING_PROFILE.fill(encoder.encodingProfile()),
        encoder.name(),
        encoder.useCount(),
        encoder.encoding(),
        encoder.width(),
        encoder.height(),
        encoder.constantBitRate(),
        encoder.frameRateLimit(),
        encoder.bitrateLimit(),
        encoder.multicast(),
        encoder.quality());
  }

  private static XmlFragment configuration1(VideoEncoder encoder) {
    boolean h264 = encoder.codec().startsWith("H264") && encoder.govLength() > 0;
    return SET1.fill(
        encoder.token(),
        encoder.name(),
        encoder.useCount(),
        encoder.encoding(),
        encoder.width(),
        encoder.height(),
        encoder.quality(),
        (int) Math.round(encoder.frameRateLimit()),
        encoder.encodingInterval(),
        encoder.bitrateLimit(),
        h264 ? H264.fill(encoder.govLength(), encoder.encodingProfile()) : XmlFragment.EMPTY,
        encoder.multicast(),
        encoder.sessionTimeout().isEmpty() ? "PT60S" : encoder.sessionTimeout());
  }

  private <T> T call(String operation, XmlFragment parameters, Function<XmlCursor, T> reader) {
    return session.call(SoapRequest.of(service, operation, parameters), reader);
  }
}
