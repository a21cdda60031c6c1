package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each switch alone: what a device says with it, which it does not say without. */
class QuirkSwitchTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String GET_SERVICES =
      "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>";
  private static final String CREATE =
      "<tev:CreatePullPointSubscription><tev:InitialTerminationTime>PT60S"
          + "</tev:InitialTerminationTime></tev:CreatePullPointSubscription>";
  private static final String PULL =
      "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>99</tev:MessageLimit>"
          + "</tev:PullMessages>";
  private static final String SUBSCRIBE =
      "<wsnt:Subscribe><wsnt:ConsumerReference><wsa:Address>http://127.0.0.1:9/n</wsa:Address>"
          + "</wsnt:ConsumerReference></wsnt:Subscribe>";
  private static final String STATUS =
      "<tptz:GetStatus><tptz:ProfileToken>main</tptz:ProfileToken></tptz:GetStatus>";

  private final FakeClock clock = new FakeClock(NOW);
  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS.withClock(clock));

  @AfterEach
  void stop() {
    sim.close();
  }

  /** A question whose answer the switch changes. */
  interface Question {
    String ask(Place place) throws Exception;
  }

  /** A device and how to talk to it. */
  record Place(SimDevice device, SoapClient client, FakeClock clock) {
    SoapClient.Answer created() throws Exception {
      return client.service("event", CREATE).ok();
    }

    URI pullPoint() throws Exception {
      return URI.create(created().text("wsa:Address"));
    }
  }

  /**
   * One line of the table.
   *
   * @param said with the switch and not without it
   */
  record Case(SimQuirk quirk, Question question, String said) {
    @Override
    public String toString() {
      return quirk + ": " + said;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(SimQuirk.RELATIVE_TERM_IGNORED, place -> term(place.created(), "wsnt"), "PT10M"),
        new Case(
            SimQuirk.TERMINATION_TIME_WRONG,
            place -> place.created().text("wsnt:TerminationTime"),
            "1970-"),
        new Case(SimQuirk.PULL_DOES_NOT_EXTEND, QuirkSwitchTest::termAfterPull, "PT40S"),
        new Case(
            SimQuirk.ADDRESSING_REQUIRED,
            place -> place.client.post(place.pullPoint(), PULL).body(),
            "ResourceUnknownFault"),
        new Case(
            SimQuirk.NO_TIME,
            place -> hasTime(place.client.device("<tds:GetSystemDateAndTime/>").ok()),
            "no time"),
        new Case(
            SimQuirk.XADDR_ZERO,
            place -> place.client.device(GET_SERVICES).ok().text("tds:XAddr"),
            "http://0.0.0.0:"),
        new Case(
            SimQuirk.XADDR_LOOPBACK,
            place -> place.client.device(GET_SERVICES).ok().text("tds:XAddr"),
            "http://127.0.0.1:"),
        new Case(
            SimQuirk.NO_EVENT_CAPABILITIES,
            place ->
                place.client.device("<tds:GetCapabilities/>").ok().body().contains("<tt:Events>")
                    ? "events"
                    : "none",
            "none"),
        new Case(
            SimQuirk.SUBSCRIBE_DENIED,
            place -> place.client.service("event", SUBSCRIBE).body(),
            "ActionNotSupported"),
        new Case(
            SimQuirk.TOPIC_VENDOR_PREFIX,
            place -> place.client.post(place.pullPoint(), PULL).ok().body(),
            ">tnshik:VideoSource/MotionAlarm<"),
        new Case(
            SimQuirk.PTZ_LISTED_ON_FIXED,
            place -> place.client.device(GET_SERVICES).ok().body(),
            "/ptz_service"),
        new Case(
            SimQuirk.NAMES_IN_1251,
            place -> place.client.device("<tds:GetDeviceInformation/>").ok().body(),
            "\uFFFD"));
  }

  static Stream<Case> casesOfDomes() {
    return Stream.of(
        new Case(
            SimQuirk.ZOOM_RANGE_EMPTY,
            place -> largestZoom(place.client.service("ptz", "<tptz:GetNodes/>").ok()),
            "0"),
        new Case(
            SimQuirk.NO_PTZ_STATUS,
            place ->
                place.client.service("ptz", STATUS).ok().body().contains("<tt:Position>")
                    ? "position"
                    : "none",
            "none"));
  }

  private static String term(SoapClient.Answer answer, String prefix) {
    return Duration.between(
            Instant.parse(answer.text(prefix + ":CurrentTime")),
            Instant.parse(answer.text(prefix + ":TerminationTime")))
        .toString();
  }

  private static String termAfterPull(Place place) throws Exception {
    URI point = place.pullPoint();
    place.clock.advance(Duration.ofSeconds(20));
    return term(place.client.post(point, PULL).ok(), "tev");
  }

  private static String hasTime(SoapClient.Answer answer) {
    return answer.body().contains("DateTime>") && answer.body().contains("<tt:Hour>")
        ? "time"
        : "no time";
  }

  private static String largestZoom(SoapClient.Answer nodes) {
    String body = nodes.body();
    String space = body.substring(body.indexOf("<tt:AbsoluteZoomPositionSpace>"));
    String max = space.substring(space.indexOf("<tt:Max>") + "<tt:Max>".length());
    return max.substring(0, max.indexOf('<')).replaceAll("\\.0*$", "");
  }

  private void assertSwitches(SimDevice device, Case line) throws Exception {
    Place place = new Place(device, new SoapClient(device.uri()), clock);
    assertThat(line.question.ask(place)).as("without").doesNotContain(line.said);
    device.quirks().on(line.quirk);
    assertThat(line.question.ask(place)).as("with").contains(line.said);
    device.quirks().off(line.quirk);
    assertThat(line.question.ask(place)).as("without again").doesNotContain(line.said);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSwitchOfAnyDevice(Case line) throws Exception {
    SimDeviceProfile profile =
        SimDeviceProfile.of("fixed", SimStream.of("main", URI.create("rtsp://127.0.0.1/x")))
            .withIdentity(SimIdentity.of("fixed").withMaker("Кыргыз", "Fixed", "1"));
    assertSwitches(sim.addDevice(profile, SimPlacement.at("127.0.0.7", 0)), line);
  }

  @ParameterizedTest
  @MethodSource("casesOfDomes")
  void aSwitchOfADome(Case line) throws Exception {
    SimDeviceProfile profile =
        SimDeviceProfile.of("dome", SimStream.of("main", URI.create("rtsp://127.0.0.1/x")))
            .withPtz(PtzSpec.DOME_28X);
    assertSwitches(sim.addDevice(profile), line);
  }

  @Test
  void aListedPtzServiceOfAFixedCameraFails() throws Exception {
    SimDevice fixed = sim.addDevice(SimDeviceProfile.of("fixed"));
    fixed.quirks().on(SimQuirk.PTZ_LISTED_ON_FIXED);
    new SoapClient(fixed.uri()).service("ptz", "<tptz:GetNodes/>").fault("ter:ActionNotSupported");
  }

  @Test
  void aNewPasswordThatComesLate() throws Exception {
    SimDevice device =
        sim.addDevice(
            SimDeviceProfile.of("late")
                .withLogin(SimLogin.of("admin", "old").withSchemes(SimLogin.Scheme.HTTP_DIGEST)));
    device.quirks().on(SimQuirk.PASSWORD_LATE);
    SoapClient before = new SoapClient(device.uri()).digest("admin", "old");
    before
        .device(
            "<tds:SetUser><tds:User><tt:Username>admin</tt:Username><tt:Password>new</tt:Password>"
                + "<tt:UserLevel>Administrator</tt:UserLevel></tds:User></tds:SetUser>")
        .ok();
    before.device("<tds:GetUsers/>").ok();
    Eventually.holds("the new one works", () -> isTaken(device, "new"));
    assertThat(isTaken(device, "old")).isFalse();
  }

  private static boolean isTaken(SimDevice device, String password) {
    try {
      return new SoapClient(device.uri())
              .digest("admin", password)
              .device("<tds:GetUsers/>")
              .status()
          == 200;
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
