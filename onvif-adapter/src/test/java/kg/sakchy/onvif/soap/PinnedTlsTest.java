package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestCertificate;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.security.PlainPasswords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedTlsTest {
  private static final String SCRIPT =
      """
      # user vms password secret
      C: * GetSystemDateAndTime
      B: <GetSystemDateAndTimeResponse/>
      C: /onvif/device_service GetServices
      B: <GetServicesResponse><Service><Namespace>http://www.onvif.org/ver10/media/wsdl</Namespace>
      B: <XAddr>http://192.0.2.1/onvif/media</XAddr></Service><Service>
      B: <Namespace>http://www.onvif.org/ver10/events/wsdl</Namespace>
      B: <XAddr>http://192.0.2.1/onvif/events</XAddr></Service></GetServicesResponse>
      C: /onvif/media GetProfiles
      B: <GetProfilesResponse/>
      """;

  @TempDir private Path directory;

  @Test
  void theFirstCertificateIsPinnedAndAnotherRefused() throws Exception {
    VmsClock clock = VmsClock.system();
    try (TestSessions sessions = new TestSessions(clock);
        ScriptedDevice camera =
            ScriptedDevice.playing(SCRIPT, clock, TestCertificate.context(directory));
        ScriptedDevice impostor =
            ScriptedDevice.playing(SCRIPT, clock, TestCertificate.context(directory))) {
      DeviceSession session = sessions.all().session(target(camera), camera.credentials());
      String answered =
          session.call(SoapRequest.of(OnvifService.MEDIA, "GetProfiles"), XmlCursor::name);
      assertThat(answered).isEqualTo("GetProfilesResponse");
      assertThat(session.address(OnvifService.EVENTS))
          .as("plain addresses become those of the endpoint in use")
          .contains(URI.create("https://127.0.0.1:" + camera.port() + "/onvif/events"));

      DeviceSession other = sessions.all().session(target(impostor), camera.credentials());
      VmsException e = catchThrowableOfType(VmsException.class, other::measureClock);
      assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
      assertThat(e).hasMessageContaining("another certificate");
      assertThat(impostor.requests()).as("nothing was said to it").isEmpty();
    }
  }

  @Test
  void plainTextBehindHttpsIsNamed() {
    VmsClock clock = VmsClock.system();
    try (TestSessions sessions = new TestSessions(clock);
        ScriptedDevice plain = ScriptedDevice.playing(SCRIPT, clock)) {
      DeviceSession session = sessions.all().session(target(plain), plain.credentials());
      VmsException e = catchThrowableOfType(VmsException.class, session::measureClock);
      assertThat(e.kind()).isIn(ErrorKind.UNAVAILABLE, ErrorKind.TIMEOUT);
    }
  }

  private static DeviceTarget target(ScriptedDevice device) {
    return new DeviceTarget(
        URI.create("https://127.0.0.1:" + device.port() + "/onvif/device_service"),
        "camera-7",
        AddressRule.ANSWERING_HOST,
        PlainPasswords.NEVER);
  }
}
