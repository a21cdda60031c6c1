package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.Eventually;
import kg.sakchy.sim.onvif.event.SimScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventServiceTest {
  private final OnvifSim sim =
      OnvifSim.start(OnvifSimOptions.DEFAULTS.withPullCut(Duration.ofMillis(300)));
  private final SimDevice device = sim.addDevice(SimDeviceProfile.of("d"));
  private final SoapClient client = new SoapClient(device.uri());

  @AfterEach
  void stop() {
    sim.close();
  }

  private SoapClient.Answer create(String arguments) throws Exception {
    return client.service(
        "event",
        "<tev:CreatePullPointSubscription>" + arguments + "</tev:CreatePullPointSubscription>");
  }

  private URI pullPoint() throws Exception {
    return URI.create(create("").ok().text("wsa:Address"));
  }

  private static String pull(String timeout) {
    return "<tev:PullMessages><tev:Timeout>"
        + timeout
        + "</tev:Timeout><tev:MessageLimit>10</tev:MessageLimit></tev:PullMessages>";
  }

  private CompletableFuture<SoapClient.Answer> pullLater(URI point, String timeout) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.post(point, pull(timeout));
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void tellsStatesFirstAndChangesAtOnce() throws Exception {
    URI point = pullPoint();
    SoapClient.Answer first = client.post(point, pull("PT1S")).ok();
    assertThat(first.texts("wsnt:Topic"))
        .contains("tns1:VideoSource/MotionAlarm", "tns1:Device/Trigger/DigitalInput");
    assertThat(first.body()).contains("PropertyOperation=\"Initialized\"");
    CompletableFuture<SoapClient.Answer> waiting = pullLater(point, "PT20S");
    Eventually.holds("a long poll", () -> device.events().waitingPulls() == 1);
    device.events().motion(true);
    SoapClient.Answer change = waiting.get(5, TimeUnit.SECONDS).ok();
    assertThat(change.body())
        .contains("PropertyOperation=\"Changed\"")
        .contains("Name=\"State\" Value=\"true\"");
    assertThat(device.events().waitingPulls()).isZero();
  }

  @Test
  void anEmptyAnswerEndsALongPoll() throws Exception {
    URI point = pullPoint();
    client.post(point, pull("PT1S")).ok();
    assertThat(client.post(point, pull("PT0.2S")).ok().body()).doesNotContain("wsnt:Topic");
    client.post(point, pull("PT10M")).fault("PullMessagesFaultResponse");
  }

  @Test
  void filtersTopics() throws Exception {
    String filter =
        "<tev:Filter><wsnt:TopicExpression Dialect=\"http://www.onvif.org/ver10/tev/"
            + "topicExpression/ConcreteSet\">%s</wsnt:TopicExpression></tev:Filter>";
    URI point =
        URI.create(
            create(filter.formatted("tns1:RuleEngine//.|tns1:Device/Trigger/DigitalInput"))
                .ok()
                .text("wsa:Address"));
    device.events().motion(true);
    device.events().lineCrossed(7);
    device.events().licensePlate("01 KG 123 ABC", 0.93);
    SoapClient.Answer answer = client.post(point, pull("PT1S")).ok();
    assertThat(answer.texts("wsnt:Topic"))
        .doesNotContain("tns1:VideoSource/MotionAlarm")
        .contains("tns1:RuleEngine/LineDetector/Crossed");
    assertThat(client.post(point, pull("PT1S")).body() + answer.body()).contains("01 KG 123 ABC");
    create(filter.formatted("foo:Bar")).fault("TopicNotSupportedFault");
  }

  @Test
  void renewsAndForgets() throws Exception {
    URI point = pullPoint();
    SoapClient.Answer renewed =
        client
            .post(
                point,
                "<wsnt:Renew><wsnt:TerminationTime>PT300S</wsnt:TerminationTime></wsnt:Renew>")
            .ok();
    Duration term =
        Duration.between(
            Instant.parse(renewed.text("wsnt:CurrentTime")),
            Instant.parse(renewed.text("wsnt:TerminationTime")));
    assertThat(term).isBetween(Duration.ofSeconds(299), Duration.ofSeconds(301));
    client.post(point, "<tev:SetSynchronizationPoint/>").ok();
    client.post(point, "<wsnt:Unsubscribe/>").ok();
    client.post(point, pull("PT1S")).fault("ResourceUnknownFault");
    URI next = pullPoint();
    device.reboot();
    client.post(next, pull("PT1S")).fault("ResourceUnknownFault");
  }

  @Test
  void postsNotifications() throws Exception {
    BlockingQueue<String> posts = new LinkedBlockingQueue<>();
    HttpServer consumer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    consumer.createContext(
        "/n",
        exchange -> {
          posts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    consumer.start();
    try {
      client
          .service(
              "event",
              "<wsnt:Subscribe><wsnt:ConsumerReference><wsa:Address>http://127.0.0.1:"
                  + consumer.getAddress().getPort()
                  + "/n</wsa:Address></wsnt:ConsumerReference><wsnt:InitialTerminationTime>PT60S"
                  + "</wsnt:InitialTerminationTime></wsnt:Subscribe>")
          .ok();
      device.events().tamper(true);
      for (int i = 0; i < 4; i++) {
        String post = posts.poll(5, TimeUnit.SECONDS);
        assertThat(post).contains("wsnt:Notify");
        if (post.contains("Changed")) {
          assertThat(post).contains("GlobalSceneChange");
          return;
        }
      }
      throw new AssertionError("the change never came");
    } finally {
      consumer.stop(0);
    }
  }

  @Test
  void playsAScript() throws Exception {
    URI point = pullPoint();
    client.post(point, pull("PT1S")).ok();
    device.events().play(SimScript.motion(Duration.ofMillis(20), Duration.ofMillis(20)));
    assertThat(client.post(point, pull("PT5S")).ok().body()).contains("Value=\"true\"");
    assertThat(client.post(point, pull("PT5S")).ok().body()).contains("MotionAlarm");
  }

  @Test
  void declaresItsTopics() throws Exception {
    assertThat(client.service("event", "<tev:GetEventProperties/>").ok().body())
        .contains("<tns1:VideoSource><")
        .contains("<MotionAlarm wstop:topic=\"true\">")
        .contains("Name=\"IsMotion\" Type=\"xs:boolean\"");
  }

  @Test
  void habitsOfRealDevices() throws Exception {
    URI first = pullPoint();
    client.post(first, pull("PT1S")).ok();
    device.quirks().on(SimQuirk.PULL_CUT);
    assertThatThrownBy(() -> client.post(first, pull("PT20S"))).isInstanceOf(IOException.class);
    device.quirks().off(SimQuirk.PULL_CUT).on(SimQuirk.REFERENCE_PARAMETERS);
    SoapClient.Answer shared = create("").ok();
    URI address = URI.create(shared.text("wsa:Address"));
    client.post(address, pull("PT1S")).fault("ResourceUnknownFault");
    String id = shared.text("dom0:SubscriptionId");
    client.header(
        "<x:SubscriptionId xmlns:x=\"http://www.axis.com/2009/event\" "
            + "wsa:IsReferenceParameter=\"true\">"
            + id
            + "</x:SubscriptionId>");
    client.post(address, pull("PT1S")).ok();
    device.quirks().off(SimQuirk.REFERENCE_PARAMETERS).on(SimQuirk.UNSUBSCRIBE_ENDS_ALL);
    URI second = pullPoint();
    client.post(second, "<wsnt:Unsubscribe/>").ok();
    assertThat(device.events().subscriptions()).isZero();
  }

  @Test
  void habitsOfTopicsAndStates() throws Exception {
    device
        .quirks()
        .on(
            SimQuirk.TOPIC_TRAILING_SLASHES,
            SimQuirk.TOPIC_PREFIX_EVERYWHERE,
            SimQuirk.STATE_SPELLING,
            SimQuirk.BAD_TIMESTAMPS,
            SimQuirk.TERMINATION_TIME_NOW);
    SoapClient.Answer created = create("").ok();
    assertThat(created.text("wsnt:TerminationTime")).isEqualTo(created.text("wsnt:CurrentTime"));
    URI point = URI.create(created.text("wsa:Address"));
    SoapClient.Answer answer = client.post(point, pull("PT1S")).ok();
    assertThat(answer.texts("wsnt:Topic")).contains("tns1:VideoSource/tns1:MotionAlarm//.");
    assertThat(answer.body()).contains("inactive").contains("FALSE").contains("T24:61:16Z");
    device.quirks().on(SimQuirk.NO_CLEAR_EVENT);
    device.events().motion(false);
    device.events().motion(true);
    assertThat(client.post(point, pull("PT2S")).ok().texts("wsnt:Topic")).hasSize(1);
  }

  @Test
  void eventsAtAPortThatDies() throws Exception {
    device.quirks().on(SimQuirk.EVENTS_AT_OTHER_PORT);
    URI point = pullPoint();
    assertThat(point.getPort()).isNotEqualTo(device.uri().getPort());
    client.post(point, pull("PT1S")).ok();
    device.killEventPort();
    assertThatThrownBy(() -> client.post(point, pull("PT1S"))).isInstanceOf(IOException.class);
    client.post(pullPoint(), pull("PT1S")).ok();
  }

  @Test
  void aCutNetworkEndsLongPolls() throws Exception {
    URI point = pullPoint();
    client.post(point, pull("PT1S")).ok();
    CompletableFuture<SoapClient.Answer> waiting = pullLater(point, "PT20S");
    Eventually.holds("a long poll", () -> device.events().waitingPulls() == 1);
    device.cutNetwork();
    assertThat(waiting).failsWithin(Duration.ofSeconds(5));
    assertThatThrownBy(() -> client.post(point, pull("PT1S"))).isInstanceOf(IOException.class);
    device.restoreNetwork();
    device.events().motion(true);
    assertThat(client.post(point, pull("PT5S")).ok().body()).contains("MotionAlarm");
  }

  @Test
  void pullPointsThatStick() throws Exception {
    device.quirks().on(SimQuirk.PULL_POINTS_STUCK);
    for (int i = 0; i < 5; i++) {
      client.post(pullPoint(), "<wsnt:Unsubscribe/>").ok();
    }
    create("").fault("UnableToCreatePullPointFault");
    device.reboot();
    create("").ok();
    device.quirks().on(SimQuirk.PULL_POINT_DENIED);
    create("").fault("ter:ActionNotSupported");
    device.quirks().on(SimQuirk.EVENT_BAD_REQUEST);
    assertThat(List.of(create("").status(), create("").body().length())).containsExactly(400, 0);
  }
}
