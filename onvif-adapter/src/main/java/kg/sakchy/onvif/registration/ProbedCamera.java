package kg.sakchy.onvif.registration;

import java.time.Instant;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistration.Request;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.MediaProfile;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A camera and its ONVIF side as a probe shows them.
 *
 * <p>Threads: immutable.
 */
record ProbedCamera(Camera camera, CameraDevice device) {
  /** Stands for an id that is not given out yet. */
  static final CameraId ANY_ID = new CameraId("new");

  private static final int NAME_LIMIT = 200;
  private static final int IDENTITY_LIMIT = 200;

  /**
   * A new camera.
   *
   * @param id its name for ever
   * @throws VmsException INVALID_ARGUMENT for a profile the camera does not have,
   *     FAILED_PRECONDITION when it has no stream that can be recorded
   */
  static ProbedCamera of(CameraId id, Request request, DeviceReport report, Instant now) {
    MediaProfile main = main(report, request.mainProfile());
    MediaProfile sub = sub(report, main, request.subProfile());
    Credentials login = report.address().credentials();
    String name = request.name();
    return new ProbedCamera(
        new Camera(
            id,
            name == null || name.isBlank() ? usualName(report) : name,
            source(main, login, Transport.TCP),
            sub == null ? null : source(sub, login, Transport.TCP),
            request.recording(),
            request.retentionDays(),
            now,
            request.recording() ? now : null,
            1),
        device(id, report, main, sub));
  }

  /**
   * A known camera after another probe. Profiles that were chosen stay chosen while the camera has
   * them.
   *
   * @throws VmsException FAILED_PRECONDITION when no stream can be recorded any more
   */
  static ProbedCamera refreshed(Camera camera, CameraDevice device, DeviceReport report) {
    MediaProfile main = main(report, keep(report, device.mainProfile()));
    MediaProfile sub = sub(report, main, keep(report, device.subProfile()));
    Credentials login = report.address().credentials();
    StreamSource oldSub = camera.sub();
    return new ProbedCamera(
        new Camera(
            camera.id(),
            camera.name(),
            source(main, login, camera.main().transport()),
            sub == null
                ? null
                : source(sub, login, oldSub == null ? Transport.TCP : oldSub.transport()),
            camera.recording(),
            camera.retentionDays(),
            camera.createdAt(),
            camera.recordingSince(),
            camera.version()),
        device(camera.id(), report, main, sub));
  }

  /** The identity as it can be kept: without control characters and endless texts. */
  static DeviceIdentity kept(DeviceIdentity identity) {
    return new DeviceIdentity(
        text(identity.endpoint()),
        text(identity.make()),
        text(identity.model()),
        text(identity.firmware()),
        text(identity.serial()),
        text(identity.hardware()));
  }

  private static CameraDevice device(
      CameraId id, DeviceReport report, MediaProfile main, @Nullable MediaProfile sub) {
    return new CameraDevice(
        id,
        report.address(),
        kept(report.identity()),
        main.token(),
        sub == null ? null : sub.token(),
        report.features());
  }

  private static MediaProfile main(DeviceReport report, @Nullable String wanted) {
    String token = wanted == null ? report.mainProfile() : wanted;
    if (token == null) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "no stream of the camera can be recorded");
    }
    return require(report, token);
  }

  private static @Nullable MediaProfile sub(
      DeviceReport report, MediaProfile main, @Nullable String wanted) {
    String token = wanted == null ? report.subProfile() : wanted;
    return token == null || token.equals(main.token()) ? null : require(report, token);
  }

  private static MediaProfile require(DeviceReport report, String token) {
    return report
        .profile(token)
        .orElseThrow(
            () ->
                new VmsException(
                    ErrorKind.INVALID_ARGUMENT, "the camera has no profile \"" + token + "\""));
  }

  private static @Nullable String keep(DeviceReport report, @Nullable String token) {
    return report.profile(token).map(MediaProfile::token).orElse(null);
  }

  /** Some cameras put a login of theirs into the address; ours counts. */
  private static StreamSource source(
      MediaProfile profile, @Nullable Credentials login, Transport transport) {
    if (profile.stream() == null) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "the camera gives no address for its stream \"" + profile.token() + "\"");
    }
    try {
      StreamSource told = StreamSource.parse(profile.stream().toString(), transport);
      return new StreamSource(told.uri(), login, transport);
    } catch (VmsException e) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "the camera gives an address that is none for its stream \"" + profile.token() + "\"",
          e);
    }
  }

  private static String usualName(DeviceReport report) {
    DeviceIdentity identity = kept(report.identity());
    String what = identity.model().isBlank() ? identity.make() : identity.model();
    String host = report.address().service().getHost();
    String name = (what.isBlank() ? "" : what + " ") + host;
    return name.length() > NAME_LIMIT ? name.substring(0, NAME_LIMIT) : name;
  }

  private static String text(String told) {
    StringBuilder kept = new StringBuilder();
    told.codePoints()
        .filter(
            point ->
                !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE)
        .limit(IDENTITY_LIMIT)
        .forEach(kept::appendCodePoint);
    return kept.toString().strip();
  }
}
