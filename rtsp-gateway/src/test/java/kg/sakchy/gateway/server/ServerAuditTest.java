package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.media.rtsp.ClockRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who watches over RTSP is recorded with what he was really sent; who may not, is too. */
class ServerAuditTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  @RegisterExtension final ServerExtension it = new ServerExtension();

  @BeforeEach
  void serve() {
    it.camera("gate");
    RecordedClip.H264.record(it.archive(), StreamId.main(GATE), START, 2);
    it.people().put("gate", it.people().northSchool());
    it.people().give("guard", it.people().north(), Set.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE));
    it.start();
  }

  private RtspViewer viewer(String account) throws Exception {
    return new RtspViewer(it.address(account, "gate/main"));
  }

  private List<AuditEvent> recorded(AuditAction action) {
    return it.audit().all().stream().filter(event -> event.action() == action).toList();
  }

  private AuditEvent ended(AuditAction action) throws InterruptedException {
    Eventually.holds("its end is recorded", () -> phase(recorded(action), "end") != null);
    return Objects.requireNonNull(phase(recorded(action), "end"));
  }

  private static @Nullable AuditEvent phase(List<AuditEvent> events, String phase) {
    return events.stream()
        .filter(event -> phase.equals(event.details().get("phase")))
        .findFirst()
        .orElse(null);
  }

  private static TimeRange range(AuditEvent event) {
    String[] parts = event.details().getOrDefault("ranges", "").split("/", -1);
    assertThat(parts).as("one stretch: %s", event).hasSize(2);
    return new TimeRange(Instant.parse(parts[0]), Instant.parse(parts[1]));
  }

  @Test
  void whoWatchesLiveIsRecordedBeforeHeSeesAnythingAndWithTheTimeAtTheEnd() throws Exception {
    Instant began = Instant.now();
    try (RtspViewer viewer = viewer("guard").setUp(1)) {
      assertThat(recorded(AuditAction.VIEW_LIVE)).as("a description is no picture").isEmpty();
      RtspViewer.expect(200, viewer.play());
      AuditEvent begin = recorded(AuditAction.VIEW_LIVE).getFirst();
      assertThat(begin.actor()).isEqualTo("guard");
      assertThat(begin.object()).isEqualTo("camera gate");
      assertThat(begin.details()).containsEntry("way", "rtsp").containsEntry("phase", "begin");
      for (int i = 0; i < 30; i++) {
        viewer.packet(0);
      }
      RtspViewer.expect(200, viewer.request("PAUSE", viewer.base()));
      RtspViewer.expect(200, viewer.play());
      viewer.packet(0);
      RtspViewer.expect(200, viewer.request("TEARDOWN", viewer.base()));
    }
    AuditEvent end = ended(AuditAction.VIEW_LIVE);
    assertThat(range(end).start()).isBetween(began.minusMillis(1), Instant.now());
    assertThat(range(end).end()).isBefore(Instant.now().plusMillis(1));
    assertThat(recorded(AuditAction.VIEW_LIVE)).as("a pause begins nothing new").hasSize(2);
  }

  @Test
  void whoWatchesTheArchiveIsRecordedWithTheStretchHeWasSent() throws Exception {
    Instant from = START.plusSeconds(2);
    Instant to = START.plusSeconds(6);
    try (RtspViewer viewer = viewer("guard").setUp(1)) {
      RtspViewer.expect(
          200, viewer.play("Range", new ClockRange(from, to).format(), "Rate-Control", "no"));
      viewer.packet(0);
      awaitBye(viewer);
    }
    TimeRange sent = range(ended(AuditAction.VIEW_ARCHIVE));
    assertThat(sent.start()).as("from the key frame before it").isBetween(START, from);
    assertThat(sent.end()).isBetween(to.minusMillis(500), to);
    assertThat(recorded(AuditAction.VIEW_LIVE)).isEmpty();
  }

  private static void awaitBye(RtspViewer viewer) throws Exception {
    RtspViewer.Frame frame = viewer.frame();
    while (frame.channel() != 1) {
      frame = viewer.frame();
    }
  }

  @Test
  void whoLooksByATokenIsItsMakerAndSaysSo() throws Exception {
    String token = it.token("guard", "gate", true, null, Duration.ofMinutes(1));
    try (RtspViewer viewer =
        new RtspViewer(it.plainAddress("gate/main") + "?token=" + token).setUp(1)) {
      RtspViewer.expect(200, viewer.play());
      AuditEvent begin = recorded(AuditAction.VIEW_LIVE).getFirst();
      assertThat(begin.actor()).isEqualTo("guard");
      assertThat(begin.origin()).isEqualTo("media token of guard from 127.0.0.1");
    }
    ended(AuditAction.VIEW_LIVE);
  }

  @Test
  void whatCannotBeRecordedIsNotShown() throws Exception {
    try (RtspViewer viewer = viewer("guard").setUp(1)) {
      it.auditFaults().fail(ErrorKind.UNAVAILABLE);
      RtspViewer.expect(503, viewer.play());
      RtspViewer.expect(503, viewer.play("Range", new ClockRange(START, null).format()));
      it.auditFaults().mend();
      RtspViewer.expect(200, viewer.play());
    }
  }

  @Test
  void whoMayNotIsRecordedOnceHoweverOftenHeTries() throws Exception {
    it.people().give("stranger", it.people().south(), Set.of(Right.VIEW_LIVE));
    it.people().give("archivist", it.people().north(), Set.of(Right.VIEW_ARCHIVE));
    try (RtspViewer stranger = viewer("stranger");
        RtspViewer archivist = viewer("archivist").setUp(1)) {
      for (int i = 0; i < 50; i++) {
        RtspViewer.expect(404, stranger.request("DESCRIBE", stranger.base()));
        RtspViewer.expect(403, archivist.play());
      }
    }
    Eventually.holds("both are recorded", () -> recorded(AuditAction.ACCESS).size() >= 2);
    assertThat(recorded(AuditAction.ACCESS)).hasSize(2);
    assertThat(recorded(AuditAction.ACCESS))
        .extracting(AuditEvent::actor, event -> event.details().get("wanted"))
        .containsExactlyInAnyOrder(
            tuple("stranger", "rtsp DESCRIBE"), tuple("archivist", "view_live"));
  }
}
