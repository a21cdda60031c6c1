package kg.sakchy.gateway;

import static kg.sakchy.gateway.camera.GatewayExtension.ID;
import static kg.sakchy.gateway.camera.GatewayExtension.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.gateway.camera.DialogueScript;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.ScriptedCamera;
import kg.sakchy.gateway.camera.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One connection for each stream, however many listen, open, close and change (invariant 1). */
class HubTest {
  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.PATIENT);

  @Test
  void manyListenersShareOneConnection() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.playing(";timeout=2", "!await GET_PARAMETER\n!frames 30\n!serve"));
    List<EventRecorder> recorders =
        IntStream.range(0, 100).parallel().mapToObj(i -> it.listen(camera)).toList();

    for (EventRecorder recorder : recorders) {
      recorder.await(AccessUnit.class, 30);
    }

    List<AccessUnit> units = recorders.getFirst().all(AccessUnit.class);
    for (EventRecorder recorder : recorders) {
      List<AccessUnit> theirs = recorder.all(AccessUnit.class);
      assertThat(theirs).hasSize(30);
      for (int i = 0; i < 30; i++) {
        assertThat(theirs.get(i)).isSameAs(units.get(i)); // handed on, not copied
      }
    }
    assertThat(camera.connections()).isEqualTo(1);
    assertThat(it.gateway().all()).hasSize(1);
  }

  @Test
  void lateListenerGetsTheFormatAndBeginsWithAKeyFrame() throws Exception {
    ScriptedCamera camera =
        it.camera(
            Scripts.playing(";timeout=2", "!frames 15\n!await GET_PARAMETER\n!frames 20\n!serve"));
    EventRecorder early = it.listen(camera);
    early.await(AccessUnit.class, 5);

    EventRecorder late = it.listen(camera);
    late.await(StreamFormat.class, 1);
    AccessUnit first = late.await(AccessUnit.class, 1);

    assertThat(first.keyFrame()).isTrue();
    assertThat(camera.connections()).isEqualTo(1);
  }

  @Test
  void viewerBeginsAtOnceWithTheLastKeyFrame() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.playing(";timeout=2", "!frames 15\n!await NEVER\n!serve"));
    EventRecorder early = it.listen(camera);
    early.await(AccessUnit.class, 15);
    List<AccessUnit> sent = early.all(AccessUnit.class);
    int last = sent.size() - 1;
    while (!sent.get(last).keyFrame()) {
      last--;
    }

    EventRecorder viewer = new EventRecorder();
    it.open(camera).subscribe(viewer, LiveStream.Start.LAST_KEY_FRAME);
    viewer.await(AccessUnit.class, sent.size() - last);

    List<AccessUnit> seen = viewer.all(AccessUnit.class);
    assertThat(seen.getFirst()).isSameAs(sent.get(last));
    assertThat(seen.getLast()).isSameAs(sent.getLast());
    assertThat(it.registry().get("sakchy.gateway.group.bytes").gauge().value()).isPositive();
    it.gateway().close(GatewayExtension.ID);
    viewer.awaitInterruption("closed");
    assertThat(it.registry().get("sakchy.gateway.group.bytes").gauge().value()).isZero();
  }

  @Test
  void listenerThatThrowsIsCutOffAndHurtsNobody() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.playing(";timeout=2", "!await GET_PARAMETER\n!frames 30\n!serve"));
    LiveStream stream = it.open(camera);
    List<AccessUnit> seen = new ArrayList<>();
    stream.subscribe(
        new StreamListener() {
          @Override
          public void onFormat(StreamFormat format) {}

          @Override
          public void onUnit(AccessUnit unit) {
            seen.add(unit);
            throw new IllegalStateException("a broken listener");
          }
        });
    EventRecorder healthy = new EventRecorder();
    stream.subscribe(healthy);

    healthy.await(AccessUnit.class, 30);

    assertThat(seen).hasSize(1);
    assertThat(it.registry().get("sakchy.gateway.listeners.detached").counter().count())
        .isEqualTo(1);
  }

  @Test
  void closedSubscriptionIsCalledNoMore() throws Exception {
    ScriptedCamera camera =
        it.camera(
            Scripts.playing(
                ";timeout=2",
                "!await GET_PARAMETER\n!frames 10\n!await GET_PARAMETER\n!frames 10\n!serve"));
    LiveStream stream = it.open(camera);
    EventRecorder leaving = new EventRecorder();
    EventRecorder staying = new EventRecorder();
    LiveStream.Subscription subscription = stream.subscribe(leaving);
    stream.subscribe(staying);
    leaving.await(AccessUnit.class, 10);

    subscription.close();
    subscription.close();

    staying.await(AccessUnit.class, 20);
    assertThat(leaving.all(AccessUnit.class)).hasSize(10);
  }

  @Test
  void changedSourceSaysGoodbyeBeforeItDials() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.playing("!frames 30\n!serve"), DialogueScript.parse("!serve"));
    EventRecorder recorder = it.listen(camera);
    recorder.await(AccessUnit.class, 1);

    it.gateway().open(ID, source(camera.uri("/other")));

    Interruption interruption = recorder.awaitInterruption("address was changed");
    assertThat(interruption.cause()).isEqualTo(GapCause.OPERATOR);
    camera.await("TEARDOWN");
    camera.await("OPTIONS");
    assertThat(camera.mostOpen()).isEqualTo(1);
    assertThat(camera.requests())
        .anyMatch(line -> line.startsWith("OPTIONS") && line.contains("/other"));
  }

  @Test
  void sameSourceAgainChangesNothing() throws Exception {
    ScriptedCamera camera = it.camera(Scripts.playing("!frames 30\n!serve"));
    EventRecorder recorder = it.listen(camera);
    recorder.await(AccessUnit.class, 1);

    assertThat(it.open(camera)).isSameAs(it.open(camera));
    assertThat(it.gateway().find(ID)).isPresent();
    assertThat(recorder.all(Interruption.class)).isEmpty();
    assertThat(camera.connections()).isEqualTo(1);
  }

  @Test
  void closedStreamSaysGoodbyeAndTellsItsListeners() throws Exception {
    ScriptedCamera camera = it.camera(Scripts.playing("!frames 30\n!serve"));
    EventRecorder recorder = it.listen(camera);
    recorder.await(AccessUnit.class, 1);
    LiveStream stream = it.gateway().find(ID).orElseThrow();

    it.gateway().close(ID);
    it.gateway().close(ID);

    Interruption interruption = recorder.await(Interruption.class, 1);
    assertThat(interruption.cause()).isEqualTo(GapCause.OPERATOR);
    camera.await("TEARDOWN");
    assertThat(it.gateway().find(ID)).isEmpty();
    assertThat(it.gateway().all()).isEmpty();
    assertThat(stream.status().state()).isEqualTo(StreamStatus.State.CLOSED);
    assertThat(recorder.all(Interruption.class)).hasSize(1);
  }

  @Test
  void streamOpenedAgainWaitsForTheGoodbyeOfTheOldOne() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.playing("!frames 30\n!serve"), Scripts.playing("!frames 30\n!serve"));
    it.listen(camera).await(AccessUnit.class, 1);

    it.gateway().close(ID);
    EventRecorder second = it.listen(camera);

    second.await(AccessUnit.class, 1);
    assertThat(camera.connections()).isEqualTo(2);
    assertThat(camera.mostOpen()).isEqualTo(1);
  }

  @Test
  void cameraThatDoesNotSayGoodbyeIsNotWaitedForLong() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.playing("!frames 30\n!silent"), Scripts.playing("!frames 30\n!serve"));
    it.listen(camera).await(AccessUnit.class, 1);

    it.gateway().close(ID);
    it.listen(camera).await(AccessUnit.class, 1);

    assertThat(camera.connections()).isEqualTo(2);
  }

  @Test
  void statusCountsWhatCame() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.playing(";timeout=2", "!await GET_PARAMETER\n!drip 60\n!serve"));
    EventRecorder recorder = it.listen(camera);

    recorder.await(AccessUnit.class, 60);

    LiveStream stream = it.gateway().find(ID).orElseThrow();
    it.eventually(() -> stream.status().framesPerSecond() > 0);
    StreamStatus status = stream.status();
    assertThat(status.state()).isEqualTo(StreamStatus.State.STREAMING);
    assertThat(status.packetsReceived()).isGreaterThan(60);
    assertThat(status.framesPerSecond()).isBetween(5.0, 60.0);
    assertThat(status.bitsPerSecond()).isBetween(5_000L, 1_000_000L);
    assertThat(status.lastFrameAt()).isNotNull();
    assertThat(status.format()).isNotNull();
    assertThat(status.reconnects()).isZero();
    assertThat(
            it.registry().get("sakchy.gateway.streams").tag("state", "streaming").gauge().value())
        .isEqualTo(1);
  }

  @Test
  void closedGatewayOpensNothing() {
    it.gateway().close();

    assertThatThrownBy(() -> it.open(it.camera(Scripts.playing(""))))
        .isInstanceOf(VmsException.class);
  }
}
