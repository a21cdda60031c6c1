package kg.sakchy.onvif.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryEventLog;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCamera;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event services as makers build them; waiting turns the clock instead of waiting. */
class CameraEventLoopTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final FakeClock fake = new FakeClock(START);
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<CameraEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger subscribed = new AtomicInteger();
  private final InMemoryEventLog log = new InMemoryEventLog();
  private final EventJournal journal = new EventJournal(log);
  private VmsClock clock = fake;
  private Optional<NotificationReceiver> receiver = Optional.empty();
  private ScriptedDevice device = ScriptedDevice.playing("", fake);
  private TestSessions sessions = new TestSessions(fake);

  @AfterEach
  void close() {
    journal.close();
    sessions.close();
    device.close();
  }

  /** Runs a loop until it has waited so often. */
  private CameraEventLoop run(String script, int waits) throws InterruptedException {
    device.close();
    device = ScriptedDevice.golden(script, clock);
    sessions.close();
    sessions = new TestSessions(clock);
    CameraDevice registered =
        new CameraDevice(
            new CameraId("gate"),
            new DeviceAddress(device.address(), null, false),
            new DeviceIdentity("urn:uuid:x", "", "", "", "", ""),
            "P1",
            null,
            Set.of());
    EventContext context =
        new EventContext(clock, pause -> pause(pause, waits), journal, receiver, subscribed);
    CameraEventLoop loop =
        new CameraEventLoop(new RegisteredCamera(registered, sessions.to(device, null)), context);
    Thread thread = Thread.ofVirtual().start(loop);
    assertThat(thread.join(Duration.ofSeconds(30))).as("the loop ends").isTrue();
    journal.close();
    log.find(
            new EventLog.Query(
                Set.of(),
                Set.of(),
                new TimeRange(Instant.EPOCH, START.plusSeconds(86_400)),
                Long.MAX_VALUE,
                1000))
        .reversed()
        .forEach(entry -> events.add(entry.event()));
    return loop;
  }

  private void pause(Duration pause, int most) throws InterruptedException {
    pauses.add(pause);
    if (pauses.size() > most) {
      throw new InterruptedException();
    }
    fake.advance(pause);
  }

  private long asked(String operation) {
    return device.operations().stream().filter(operation::equals).count();
  }

  @Test
  void oneVocabularyForEveryMaker() throws Exception {
    run("events-motion", 2);
    assertThat(events)
        .extracting(CameraEvent::kind, CameraEvent::state)
        .containsExactly(
            Tuple.tuple(EventKind.DIGITAL_INPUT, State.ACTIVE),
            Tuple.tuple(EventKind.MOTION, State.ACTIVE),
            Tuple.tuple(EventKind.MOTION, State.INACTIVE),
            Tuple.tuple(EventKind.MOTION, State.ACTIVE),
            Tuple.tuple(EventKind.PLATE, State.PULSE));
    CameraEvent begun = events.get(1);
    assertThat(begun.topic()).isEqualTo("RuleEngine/CellMotionDetector/Motion");
    assertThat(begun.source()).containsEntry("VideoSourceConfigurationToken", "VSC1");
    assertThat(begun.cameraTime()).isEqualTo(Instant.parse("2026-03-01T10:00:17Z"));
    assertThat(begun.at()).isEqualTo(Instant.parse("2026-03-01T10:00:10Z")); // 7 s ahead
    CameraEvent ended = events.get(2);
    assertThat(ended.cameraTime()).isNull();
    assertThat(ended.at()).isEqualTo(ended.arrivedAt());
    assertThat(events.get(4).data()).containsEntry("PlateNumber", "01KG123ABC");
  }

  @Test
  void whatTheCameraGaveComesBackWithEveryRequest() throws Exception {
    run("events-axis", 200);
    device.assertPlayed();
    assertThat(device.requests())
        .filteredOn(request -> request.operation().equals("PullMessages"))
        .allSatisfy(
            request ->
                assertThat(request.body())
                    .contains("<wsa:To")
                    .contains("PullPointSubscription/PullMessagesRequest"));
  }

  @Test
  void anAbsurdLeaseIsRenewedByAnAbsoluteTime() throws Exception {
    clock = stepping();
    run("events-bad-times", 3);
    device.assertPlayed();
  }

  /** Each look at this clock takes four seconds, as long as an impatient camera waits. */
  private VmsClock stepping() {
    return new VmsClock() {
      @Override
      public Instant now() {
        return fake.now();
      }

      @Override
      public long nanoTime() {
        fake.advance(Duration.ofSeconds(4));
        if (fake.now().isAfter(START.plus(Duration.ofMinutes(20)))) {
          Thread.currentThread().interrupt();
        }
        return fake.nanoTime();
      }
    };
  }

  @Test
  void aDeadPortOfASubscriptionIsLeft() throws Exception {
    run("events-wrong-address", 4);
    device.assertPlayed();
    assertThat(events).extracting(CameraEvent::kind).containsExactly(EventKind.MOTION);
    assertThat(asked("CreatePullPointSubscription")).isEqualTo(1);
  }

  @Test
  void aForgottenSubscriptionIsMadeAnewAfterAMinute() throws Exception {
    run("events-unknown-resource", 6);
    device.assertPlayed();
    assertThat(events).hasSize(1);
    assertThat(asked("Unsubscribe")).isZero();
    assertThat(pauses.stream().filter(each -> each.compareTo(Duration.ofSeconds(50)) > 0))
        .isNotEmpty();
  }

  @Test
  void aCameraThatClosesAWaitingRequestHasNothingToSay() throws Exception {
    clock = stepping();
    run("events-impatient", 3);
    device.assertPlayed();
    assertThat(asked("CreatePullPointSubscription")).isEqualTo(1);
    assertThat(events).first().extracting(CameraEvent::state).isEqualTo(State.ACTIVE);
    assertThat(
            device.requests().stream()
                .filter(request -> request.operation().equals("PullMessages"))
                .toList()
                .getLast()
                .body())
        .doesNotContain("<tev:Timeout>PT60S</tev:Timeout>");
  }

  @Test
  void aRefuserIsAskedEverMoreRarely() throws Exception {
    run("events-refuser", 6);
    assertThat(asked("CreatePullPointSubscription")).isEqualTo(6);
    for (int i = 1; i < 5; i++) {
      long least = Math.min(900, 60L << (i - 1));
      assertThat(pauses.get(i)).isBetween(Duration.ofSeconds(least), Duration.ofSeconds(2 * least));
    }
    assertThat(subscribed).hasValue(0);
  }

  @Test
  void aCameraWithoutPullPointsNotifies() throws Exception {
    Mailroom mailroom = new Mailroom();
    receiver = Optional.of(mailroom);
    CameraEventLoop loop = run("events-notify-only", 12);
    assertThat(asked("Subscribe")).isEqualTo(1);
    assertThat(asked("Renew")).isGreaterThan(1);
    assertThat(events)
        .extracting(CameraEvent::state)
        .containsExactly(State.ACTIVE, State.INACTIVE); // it never told the end
    assertThat(mailroom.closed).isTrue();
    loop.farewell();
    assertThat(asked("Unsubscribe")).isEqualTo(1);
  }

  /** Brings one good and one broken letter as soon as it is opened. */
  private static final class Mailroom implements NotificationReceiver {
    private volatile boolean closed;

    @Override
    public Mailbox open(URI camera, Consumer<byte[]> listener) {
      listener.accept("<html>".getBytes(StandardCharsets.UTF_8));
      listener.accept(
          """
          <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>
          <w:Notify xmlns:w="http://docs.oasis-open.org/wsn/b-2"><w:NotificationMessage>
          <w:Topic>tns1:VideoSource/MotionAlarm</w:Topic><w:Message>
          <t:Message xmlns:t="x" UtcTime="2026-03-01T10:00:07Z" PropertyOperation="Changed">
          <t:Data><t:SimpleItem Name="State" Value="true"/></t:Data></t:Message></w:Message>
          </w:NotificationMessage></w:Notify></e:Body></e:Envelope>\
          """
              .getBytes(StandardCharsets.UTF_8));
      return new Mailbox() {
        @Override
        public URI address() {
          return URI.create("http://192.0.2.1:8090/n/7f");
        }

        @Override
        public void close() {
          closed = true;
        }
      };
    }
  }
}
