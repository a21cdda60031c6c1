package kg.sakchy.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.ScriptedCamera;
import kg.sakchy.gateway.camera.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a listener sees of a camera's packets: runs that begin with a key frame and never bend time.
 */
class RunTest {
  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.PATIENT);

  @Test
  void timesAreUnwrappedAndRise() throws Exception {
    EventRecorder recorder = play("!frames 40\n!serve");

    recorder.await(AccessUnit.class, 30); // both the sequence and the time wrap on the way
    List<AccessUnit> units = recorder.all(AccessUnit.class);
    for (int i = 1; i < units.size(); i++) {
      assertThat(units.get(i).dts() - units.get(i - 1).dts()).isEqualTo(3600);
    }
    assertThat(recorder.all(PacketLoss.class)).isEmpty();
    assertThat(units.getLast().dts()).isGreaterThan(1L << 32);
  }

  @Test
  void lossIsAnnouncedBeforeTheUnitThatFollows() throws Exception {
    EventRecorder recorder = play("!await GET_PARAMETER\n!frames 15\n!skip 3\n!frames 15\n!serve");

    PacketLoss loss = recorder.await(PacketLoss.class, 1);
    recorder.await(AccessUnit.class, 30);
    assertThat(loss.packets()).isEqualTo(3);
    assertThat(loss.reason()).contains("3 RTP packets lost");
    List<Object> events = recorder.events();
    assertThat(events.indexOf(loss)).isEqualTo(1 + 15);
    it.eventually(() -> it.registry().get("sakchy.gateway.rtp.lost").counter().count() == 3);
    assertThat(it.gateway().find(GatewayExtension.ID).orElseThrow().status().packetsLost())
        .isEqualTo(3);
  }

  @Test
  void jumpOfTimeBeginsARunAndAnnouncesWhatWasDropped() throws Exception {
    EventRecorder recorder =
        play("!await GET_PARAMETER\n!frames 15\n!jump 90000000\n!frames 25\n!serve");

    recorder.await(StreamFormat.class, 2);
    recorder.await(AccessUnit.class, 15 + 20);
    assertThat(recorder.all(StreamFormat.class).get(0))
        .isEqualTo(recorder.all(StreamFormat.class).get(1));
    PacketLoss dropped = recorder.all(PacketLoss.class).getFirst();
    assertThat(dropped.reason()).contains("5 units dropped");
    assertThat(secondRun(recorder).keyFrame()).isTrue();
    assertThat(recorder.all(Interruption.class)).isEmpty();
  }

  @Test
  void timeThatGoesBackBeginsARun() throws Exception {
    EventRecorder recorder =
        play("!await GET_PARAMETER\n!frames 15\n!jump -180000\n!frames 25\n!serve");

    recorder.await(StreamFormat.class, 2);
    AccessUnit first = secondRun(recorder);
    assertThat(first.keyFrame()).isTrue();
  }

  @Test
  void restartOfTheSourceBeginsARun() throws Exception {
    EventRecorder recorder = play("!await GET_PARAMETER\n!frames 15\n!restart\n!frames 25\n!serve");

    recorder.await(StreamFormat.class, 2);
    recorder.await(AccessUnit.class, 20);
    assertThat(secondRun(recorder).keyFrame()).isTrue();
    assertThat(recorder.all(Interruption.class)).isEmpty();
    assertThat(it.gateway().find(GatewayExtension.ID).orElseThrow().status().packetsLost())
        .isZero();
  }

  @Test
  void anotherSizeBeginsARun() throws Exception {
    EventRecorder recorder = play("!await GET_PARAMETER\n!frames 15\n!resize\n!frames 25\n!serve");

    StreamFormat second = recorder.await(StreamFormat.class, 2);
    assertThat(recorder.all(StreamFormat.class).getFirst().video().width()).isEqualTo(640);
    assertThat(second.video().width()).isEqualTo(320);
    assertThat(second.video().height()).isEqualTo(240);
    assertThat(secondRun(recorder).keyFrame()).isTrue();
    assertThat(recorder.all(PacketLoss.class)).isEmpty();
  }

  @Test
  void garbageBetweenFramesCostsNothing() throws Exception {
    EventRecorder recorder =
        play("!await GET_PARAMETER\n!frames 15\n!garbage 3000\n!frames 15\n!serve");

    recorder.await(AccessUnit.class, 30);
    assertThat(recorder.all(Interruption.class)).isEmpty();
    assertThat(recorder.all(StreamFormat.class)).hasSize(1);
  }

  @Test
  void frameWithAnOversizedLengthDoesNotEndTheStream() throws Exception {
    EventRecorder recorder =
        play(
            """
            !await GET_PARAMETER
            !frames 15
            !oversize
            !frames 600
            !resize
            !frames 10
            !serve
            """);

    recorder.awaitWidth(320);
    assertThat(recorder.all(Interruption.class)).isEmpty();
  }

  @Test
  void soundIsPartOfTheFirstRun() throws Exception {
    ScriptedCamera camera =
        it.camera(Scripts.withSound("!frames 5\n!sound 20\n!frames 20\n!sound 5\n!serve"));
    EventRecorder recorder = it.listen(camera);

    StreamFormat format = recorder.await(StreamFormat.class, 1);
    assertThat(format.tracks())
        .extracting(TrackFormat::codec)
        .containsExactly(Codec.H264, Codec.G711_ULAW);
    recorder.await(AccessUnit.class, 20);
    assertThat(recorder.all(StreamFormat.class)).hasSize(1);
    assertThat(recorder.all(AccessUnit.class)).anyMatch(unit -> unit.track() == 1);
  }

  @Test
  void soundThatIsNeverSentDoesNotCostTheVideo() throws Exception {
    ScriptedCamera camera = it.camera(Scripts.withSound("!frames 25\n!serve"));
    EventRecorder recorder = it.listen(camera);

    StreamFormat format = recorder.await(StreamFormat.class, 1);
    recorder.await(AccessUnit.class, 25);
    assertThat(format.tracks()).hasSize(1);
    assertThat(it.registry().get("sakchy.gateway.silent.tracks").counter().count()).isEqualTo(1);
  }

  @Test
  void soundThatComesLateJoinsWithTheNextKeyFrame() throws Exception {
    ScriptedCamera camera =
        it.camera(
            Scripts.withSound(
                "!frames 15\n!await GET_PARAMETER\n!sound 3\n!frames 10\n!sound 3\n!serve"));
    EventRecorder recorder = it.listen(camera);

    StreamFormat second = recorder.await(StreamFormat.class, 2);
    assertThat(second.tracks()).hasSize(2);
    assertThat(recorder.all(AccessUnit.class).stream().filter(unit -> unit.track() == 0).toList())
        .hasSizeGreaterThanOrEqualTo(15);
    assertThat(recorder.all(PacketLoss.class)).isEmpty();
  }

  @Test
  void senderReportLiesOnTheLineOfTheUnits() throws Exception {
    EventRecorder recorder = play("!await GET_PARAMETER\n!frames 20\n!report\n!frames 1\n!serve");

    SenderReport report = recorder.await(SenderReport.class, 1);
    AccessUnit last = recorder.await(AccessUnit.class, 21);
    assertThat(report.rtpTicks()).isEqualTo(last.pts()).isGreaterThan(1L << 32);
    assertThat(report.ntp()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L, 500_000_000));
  }

  @Test
  void aConnectionThatEndsIsMadeAnewWithAKeyFrame() throws Exception {
    ScriptedCamera camera =
        it.camera(
            Scripts.playing(";timeout=2", "!await GET_PARAMETER\n!frames 17\n!close"),
            Scripts.playing("!frames 30\n!serve"));
    EventRecorder recorder = it.listen(camera);

    recorder.await(StreamFormat.class, 2);
    recorder.await(AccessUnit.class, 18);
    List<Object> events = recorder.events();
    int interruption = events.indexOf(recorder.all(Interruption.class).getFirst());
    assertThat(events.subList(0, interruption)).hasSize(1 + 17);
    assertThat(events.get(interruption + 1)).isInstanceOf(StreamFormat.class);
    assertThat(((AccessUnit) events.get(interruption + 2)).keyFrame()).isTrue();
    assertThat(it.gateway().find(GatewayExtension.ID).orElseThrow().status().reconnects())
        .isEqualTo(1);
  }

  /** Pictures begin when the listener is there: after the first keep-alive, one second later. */
  private EventRecorder play(String then) {
    return it.listen(it.camera(Scripts.playing(";timeout=2", then)));
  }

  private static AccessUnit secondRun(EventRecorder recorder) throws InterruptedException {
    StreamFormat second = recorder.await(StreamFormat.class, 2);
    List<Object> events = recorder.events();
    int from = events.lastIndexOf(second);
    recorder.await(
        AccessUnit.class,
        (int) events.subList(0, from).stream().filter(AccessUnit.class::isInstance).count() + 1);
    return (AccessUnit)
        recorder.events().stream()
            .skip(from)
            .filter(AccessUnit.class::isInstance)
            .findFirst()
            .orElseThrow();
  }
}
