package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.security.PlainPasswords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Oddities of cameras on the way to an answer; rows of {@code ref/onvif-quirks.md}. */
class QuirkTest {
  private static final SoapRequest INFO =
      SoapRequest.of(OnvifService.DEVICE, "GetDeviceInformation");
  private static final String CLOCK =
      """
      # user vms password p@ss:w/<&rd
      # envelope <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>|</s:Body></s:Envelope>
      C: * GetSystemDateAndTime
      S: 200
      B: <GetSystemDateAndTimeResponse/>
      """;
  private static final String NOT_AUTHORIZED =
      """
      B: <s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value>
      B: </s:Subcode></s:Code><s:Reason><s:Text>not for you</s:Text></s:Reason></s:Fault>
      """;
  private static final String OK =
      "B: <tds:GetDeviceInformationResponse><tds:Model>M</tds:Model></tds:GetDeviceInformationResponse>\n";

  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final TestSessions sessions = new TestSessions(clock);

  @AfterEach
  void close() {
    sessions.close();
  }

  private static String model(XmlCursor response) {
    return response.enter("Model") ? response.text() : "";
  }

  private VmsException refused(ScriptedDevice device) {
    return refused(sessions.to(device));
  }

  private static VmsException refused(DeviceSession session) {
    return catchThrowableOfType(VmsException.class, () -> session.call(INFO, QuirkTest::model));
  }

  private ScriptedDevice playing(String script) {
    return ScriptedDevice.playing(CLOCK + script, clock);
  }

  @Test
  void axisWantsItsReferenceParametersBack() {
    try (ScriptedDevice device = ScriptedDevice.golden("axis-subscription", clock)) {
      DeviceSession session = sessions.to(device);
      List<XmlFragment> parameters = new ArrayList<>();
      List<String> address = new ArrayList<>();
      session.call(
          SoapRequest.of(OnvifService.EVENTS, "CreatePullPointSubscription"),
          response -> {
            assertThat(response.enter("SubscriptionReference")).isTrue();
            for (XmlCursor part : response.children()) {
              if (part.name().equals("Address")) {
                address.add(part.text());
              } else if (part.name().equals("ReferenceParameters")) {
                part.children().forEach(each -> parameters.add(each.raw()));
              }
            }
            return address;
          });
      URI manager = session.resolve(address.getFirst());
      SoapRequest pull =
          SoapRequest.of(OnvifService.EVENTS, "PullMessages").waiting(Duration.ofSeconds(1));
      String answered = session.callAt(manager, pull.addressed(parameters), XmlCursor::name);
      assertThat(answered).isEqualTo("PullMessagesResponse");
      String sent = device.requests().getLast().body();
      assertThat(sent)
          .contains("<wsa:To>" + manager + "</wsa:To>", "<wsa:Action>", "<wsa:MessageID>");
      VmsException unknown =
          catchThrowableOfType(
              VmsException.class,
              () -> session.callAt(manager, pull.addressed(List.of()), XmlCursor::name));
      assertThat(unknown.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    }
  }

  @Test
  void eachPathHasItsOwnNonceAndTheStrongestChallengeIsAnswered() {
    try (ScriptedDevice device = ScriptedDevice.golden("hikvision-digest", clock)) {
      DeviceSession session = sessions.to(device);
      session.call(INFO, QuirkTest::model);
      session.call(SoapRequest.of(OnvifService.MEDIA2, "GetProfiles"), XmlCursor::name);
      session.call(INFO, QuirkTest::model);
      List<String> fields =
          device.requests().stream()
              .map(request -> request.fields().get("authorization"))
              .filter(field -> field != null)
              .toList();
      assertThat(fields).allMatch(field -> field.contains("algorithm=SHA-256"));
      assertThat(fields).filteredOn(field -> field.contains("nonce=\"device256")).hasSize(2);
      assertThat(fields).filteredOn(field -> field.contains("nonce=\"media256")).hasSize(1);
      assertThat(fields.getLast()).contains("nc=00000002");
    }
  }

  @Test
  void anExpiredNonceCostsOneMoreChallengeAndNoTry() {
    String challenge =
        "S: 401\nS: WWW-Authenticate: Digest realm=\"r\", qop=\"auth\", nonce=\"n2\"\n";
    try (ScriptedDevice device =
        playing(
            "C: * GetDeviceInformation token once\n"
                + "S: 401\n"
                + "S: WWW-Authenticate: Digest realm=\"r\", qop=\"auth\", nonce=\"n1\"\n"
                + "C: * GetDeviceInformation digest once\n"
                + OK
                + "C: * GetDeviceInformation digest once\n"
                + challenge
                + "C: * GetDeviceInformation digest\n"
                + OK)) {
      DeviceSession session = sessions.to(device);
      assertThat(session.call(INFO, QuirkTest::model)).isEqualTo("M");
      assertThat(session.call(INFO, QuirkTest::model)).isEqualTo("M");
      assertThat(session.login().isSettled()).isTrue();
    }
  }

  @Test
  void basicIsOnlyUsedEncryptedAndOnPurpose() {
    try (ScriptedDevice device =
        playing("C: * GetDeviceInformation\nS: 401\nS: WWW-Authenticate: Basic realm=\"r\"\n")) {
      assertThat(refused(device)).hasMessageContaining("keeps the password secret");
      DeviceTarget willing =
          DeviceTarget.parse(device.address().toString())
              .named("willing")
              .with(PlainPasswords.OVER_TLS);
      assertThat(refused(sessions.all().session(willing, device.credentials())))
          .as("not encrypted")
          .isNotNull();
      assertThat(device.requests()).noneMatch(each -> each.fields().containsKey("authorization"));
    }
  }

  @Test
  void theSecondReadingOfTheClockIsTriedOnce() {
    String clockAhead =
        """
        # user vms password secret
        C: * GetSystemDateAndTime
        B: <GetSystemDateAndTimeResponse><SystemDateAndTime><UTCDateTime>
        B: <Time><Hour>15</Hour><Minute>30</Minute><Second>0</Second></Time>
        B: <Date><Year>2026</Year><Month>11</Month><Day>22</Day></Date>
        B: </UTCDateTime></SystemDateAndTime></GetSystemDateAndTimeResponse>
        """;
    try (ScriptedDevice device =
        ScriptedDevice.playing(
            clockAhead
                + "C: * GetDeviceInformation token\n"
                + OK
                + "C: * GetDeviceInformation\n"
                + "S: 400\n"
                + NOT_AUTHORIZED,
            clock)) {
      DeviceSession session = sessions.to(device);
      assertThat(session.call(INFO, QuirkTest::model)).isEqualTo("M");
      assertThat(session.cameraClock().offset()).contains(Duration.ZERO);
    }
  }

  @Test
  void aMissingRightIsNoWrongPassword() {
    try (ScriptedDevice device =
        playing(
            "C: * GetDeviceInformation token\n"
                + OK
                + "C: * GetUsers token\n"
                + "S: 400\n"
                + "B: <s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code><s:Reason><s:Text>not"
                + " for you</s:Text></s:Reason></s:Fault>\n")) {
      DeviceSession session = sessions.to(device);
      session.call(INFO, QuirkTest::model);
      for (int i = 0; i < 5; i++) {
        VmsException e =
            catchThrowableOfType(
                VmsException.class,
                () ->
                    session.call(SoapRequest.of(OnvifService.DEVICE, "GetUsers"), XmlCursor::name));
        assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
        assertThat(e).hasMessageContaining("not for you");
      }
      assertThat(session.call(INFO, QuirkTest::model)).isEqualTo("M");
    }
  }

  @Test
  void aNewPasswordTakesEffectLate() {
    try (ScriptedDevice device =
        playing(
            "C: * GetDeviceInformation token\n"
                + OK
                + "C: * GetDeviceInformation\n"
                + "S: 400\n"
                + NOT_AUTHORIZED)) {
      DeviceSession session = sessions.to(device);
      session.call(INFO, QuirkTest::model);
      session.login().changed(new Credentials("vms", "newer"), Duration.ofSeconds(30));
      assertThat(session.call(INFO, QuirkTest::model))
          .as("the old one is still good")
          .isEqualTo("M");
      clock.advance(Duration.ofSeconds(31));
      assertThat(refused(session).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    }
  }

  @Test
  void faultsOfBothVersionsAndAnyStatusAreRead() {
    for (int status : new int[] {200, 400, 500}) {
      try (ScriptedDevice device =
          playing(
              "C: * GetDeviceInformation\nS: "
                  + status
                  + "\n"
                  + "B: <SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Optional"
                  + " Action Not\n"
                  + "B: Implemented</faultstring></SOAP-ENV:Fault>\n")) {
        VmsException e = refused(device);
        assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(e).hasMessageContaining("Optional Action Not Implemented");
      }
    }
  }

  @Test
  void aWebPageIsNamed() {
    try (ScriptedDevice device =
        playing(
            """
            C: * GetDeviceInformation
            S: 200
            S: Content-Type: text/html
            R: <!DOCTYPE html><html>login</html>
            """)) {
      assertThat(refused(device))
          .hasMessageContaining("web page")
          .hasMessageContaining("ONVIF switched on");
    }
    try (ScriptedDevice device =
        playing("C: * GetDeviceInformation\nS: 500\nR: <html>crashed</html>\n")) {
      assertThat(refused(device).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }

  @Test
  void answersOfSomebodyElseAreRefused() {
    try (ScriptedDevice device = playing("C: * GetDeviceInformation\nB: <GetUsersResponse/>\n")) {
      assertThat(refused(device)).hasMessageContaining("another question");
    }
    try (ScriptedDevice device =
        playing(
            "C: * PullMessages\n"
                + "R: <e:Envelope"
                + " xmlns:e='x'><e:Header><w:RelatesTo>urn:uuid:0</w:RelatesTo></e:Header><e:Body><PullMessagesResponse/></e:Body></e:Envelope>\n")) {
      SoapRequest pull = SoapRequest.of(OnvifService.EVENTS, "PullMessages").addressed(List.of());
      VmsException e =
          catchThrowableOfType(
              VmsException.class,
              () -> sessions.to(device).callAt(device.address(), pull, XmlCursor::name));
      assertThat(e).hasMessageContaining("not ours");
    }
  }

  @Test
  void endlessHugeAndTruncatedAnswersEnd() {
    try (ScriptedDevice device = playing("C: * GetDeviceInformation\nS! endless\nR: <a>\n")) {
      assertThat(refused(device)).hasMessageContaining("larger than 4 MiB");
    }
    try (ScriptedDevice device =
        playing("C: * GetDeviceInformation\nR: <a>" + "x".repeat(10_000_000) + "</a>\n")) {
      assertThat(refused(device)).hasMessageContaining("larger than 4 MiB");
    }
    try (ScriptedDevice device = playing("C: * GetDeviceInformation\nS! truncate\n" + OK)) {
      assertThat(refused(device).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }
    try (ScriptedDevice device =
        playing(
            """
            C: * GetDeviceInformation
            R: <s:Envelope><s:Body><GetDeviceInformationResponse><Model>
            """)) {
      assertThat(refused(device).kind()).isEqualTo(ErrorKind.DATA_LOSS);
    }
  }

  @Test
  void aCameraThatHangsUpIsUnavailableAndComesBack() {
    try (ScriptedDevice device =
        playing(
            "C: * GetDeviceInformation once\n"
                + "S! close\n"
                + "C: * GetDeviceInformation once\n"
                + "S! close\n"
                + "C: * GetDeviceInformation\n"
                + OK)) {
      DeviceSession session = sessions.to(device);
      assertThat(refused(session).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
      assertThat(session.call(INFO, QuirkTest::model)).isEqualTo("M");
    }
  }

  @Test
  void connectionsAreKeptForRequestsThatMayBeRepeated() {
    try (ScriptedDevice device =
        playing(
            "C: * GetDeviceInformation\n"
                + OK
                + "C: * SystemReboot\nB: <SystemRebootResponse/>\n")) {
      DeviceSession session = sessions.to(device);
      for (int i = 0; i < 5; i++) {
        session.call(INFO, QuirkTest::model);
      }
      assertThat(device.connections()).isEqualTo(1);
      session.call(SoapRequest.of(OnvifService.DEVICE, "SystemReboot"), XmlCursor::name);
      assertThat(device.connections()).isEqualTo(2);
    }
  }

  @Test
  void redirectsAreFollowedOnTheSameHostOnly() {
    try (ScriptedDevice device =
        playing(
            "C: /onvif/device_service GetDeviceInformation\n"
                + "S: 302\n"
                + "S: Location: http://127.0.0.1:${port}/new/device\n"
                + "C: /new/device GetDeviceInformation\n"
                + OK)) {
      assertThat(sessions.to(device).call(INFO, QuirkTest::model)).isEqualTo("M");
      assertThat(sessions.to(device).address(OnvifService.DEVICE))
          .hasValueSatisfying(uri -> assertThat(uri).hasPath("/new/device"));
    }
    try (ScriptedDevice device =
        playing("C: * GetDeviceInformation\nS: 302\nS: Location: http://192.0.2.66/onvif\n")) {
      assertThat(refused(device)).hasMessageContaining("elsewhere");
    }
  }

  @Test
  void withoutCredentialsTheCameraSaysThatItWantsThem() {
    try (ScriptedDevice device = ScriptedDevice.golden("hikvision-digest", clock)) {
      assertThat(refused(sessions.to(device, null)))
          .hasMessageContaining("wants a user and a password");
    }
  }
}
