package kg.sakchy.gateway.client;

import java.net.URI;
import java.util.Locale;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.failure.RedactedUri;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;

/** What a camera's refusals mean, in words for people. Threads: pure functions. */
final class Refusals {
  /** RFC 2326 §11.3.8. */
  private static final int INVALID_RANGE = 457;

  /** RFC 2326 §11.3.14. */
  private static final int OPTION_NOT_SUPPORTED = 551;

  private Refusals() {}

  /**
   * The failure that an unsuccessful answer stands for.
   *
   * @param uri what was asked for
   */
  static Failure of(String method, RtspResponse response, URI uri, StreamSource source) {
    return switch (response.status()) {
      case RtspStatus.UNAUTHORIZED ->
          Failure.camera(
              ErrorKind.UNAUTHENTICATED,
              source.credentials() == null
                  ? "the camera asks for user and password, and none are set"
                  : "the camera refused user and password");
      case RtspStatus.FORBIDDEN ->
          Failure.camera(
              ErrorKind.PERMISSION_DENIED, "the camera does not allow this user to see the stream");
      case RtspStatus.NOT_FOUND ->
          Failure.camera(
              ErrorKind.NOT_FOUND, "the camera has no stream at " + RedactedUri.path(uri));
      case RtspStatus.NOT_ENOUGH_BANDWIDTH ->
          Failure.camera(ErrorKind.RESOURCE_EXHAUSTED, "the camera has no room for another viewer");
      case RtspStatus.UNSUPPORTED_TRANSPORT ->
          Failure.camera(
              ErrorKind.UNSUPPORTED,
              "the camera does not send RTP over "
                  + source.transport()
                  + "; try the other transport");
      case INVALID_RANGE ->
          Failure.camera(ErrorKind.NOT_FOUND, "the camera has no recording of that time");
      case OPTION_NOT_SUPPORTED ->
          Failure.camera(
              ErrorKind.UNSUPPORTED, "the camera does not play its recordings by ONVIF replay");
      case RtspStatus.SERVICE_UNAVAILABLE ->
          Failure.camera(
              ErrorKind.UNAVAILABLE, "the camera is busy or starting: " + line(response));
      default ->
          Failure.camera(
              ErrorKind.UNAVAILABLE, "the camera answered " + method + " with " + line(response));
    };
  }

  private static String line(RtspResponse response) {
    String reason = response.reason().strip();
    String shown = reason.length() > 80 ? reason.substring(0, 80) : reason;
    return String.format(Locale.ROOT, "%d %s", response.status(), shown).strip();
  }
}
