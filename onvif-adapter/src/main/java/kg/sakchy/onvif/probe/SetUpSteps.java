package kg.sakchy.onvif.probe;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.DeviceSetup;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.device.DeviceService;
import kg.sakchy.onvif.device.DeviceService.UserLevel;
import kg.sakchy.onvif.media.EncoderOptions;
import kg.sakchy.onvif.media.MediaService;
import kg.sakchy.onvif.media.Profile;
import kg.sakchy.onvif.media.VideoEncoder;
import kg.sakchy.onvif.soap.DeviceSession;
import org.jspecify.annotations.Nullable;

/**
 * Sets one camera up, each step for itself: what one camera cannot, the next step does not need.
 *
 * <p>Threads: confined to one, used once; blocks.
 */
final class SetUpSteps {
  private final DeviceSession session;
  private final DeviceService device;
  private final VmsClock clock;
  private final List<String> failures = new ArrayList<>();

  SetUpSteps(DeviceSession session, VmsClock clock) {
    this.session = session;
    this.clock = clock;
    device = new DeviceService(session);
  }

  /** Does what the set-up asks for; returns what could not be done. */
  List<String> run(DeviceSetup setup) {
    String ntp = setup.ntpServer();
    String hostname = setup.hostname();
    Credentials user = setup.newUser();
    if (setup.setClock()) {
      step("the clock", () -> device.setClock(clock.now(), timeZone()));
    }
    if (ntp != null) {
      step("NTP", () -> device.followNtp(ntp, timeZone()));
    }
    if (hostname != null) {
      step("the host name", () -> device.setHostname(hostname));
    }
    if (user != null) {
      step("the user", () -> createOrChange(user));
    }
    if (setup.mainKbps() != null || setup.mainFps() != null || setup.mainGopFrames() != null) {
      step("the encoder", () -> encoder(setup));
    }
    return List.copyOf(failures);
  }

  private void step(String what, Runnable action) {
    try {
      action.run();
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.CANCELLED) {
        throw e;
      }
      failures.add(what + " could not be set: " + e.getMessage());
    }
  }

  /** The zone stays as it is. */
  private String timeZone() {
    return session.measureClock().timeZone();
  }

  private void createOrChange(Credentials user) {
    if (device.users().contains(user.user())) {
      device.setUser(user, UserLevel.OPERATOR);
    } else {
      device.createUser(user, UserLevel.OPERATOR);
    }
  }

  private void encoder(DeviceSetup setup) {
    MediaService media =
        MediaService.open(session)
            .orElseThrow(() -> new VmsException(ErrorKind.UNSUPPORTED, "the camera has no video"));
    Profile main = StreamChoice.of(media.profiles()).main();
    VideoEncoder encoder = main == null ? null : main.encoder();
    if (encoder == null) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "no stream of the camera can be recorded");
    }
    EncoderOptions options = media.options(encoder);
    media.set(
        options.apply(
            encoder,
            orZero(setup.mainFps()),
            orZero(setup.mainKbps()),
            orZero(setup.mainGopFrames())));
  }

  private static int orZero(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
