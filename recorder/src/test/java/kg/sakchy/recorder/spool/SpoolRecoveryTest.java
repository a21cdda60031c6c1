package kg.sakchy.recorder.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.ffmpeg.MuxSample;
import kg.sakchy.ffmpeg.PartMuxer;
import kg.sakchy.media.mp4.SegmentIdentity;
import kg.sakchy.recorder.Clip;
import kg.sakchy.recorder.segment.Part;
import kg.sakchy.recorder.segment.SegmentHead;
import kg.sakchy.recorder.segment.SegmentWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spool after a kill at every kind of moment. */
class SpoolRecoveryTest {
  private static final StreamId STREAM = StreamId.main(new CameraId("gate-1"));
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
  private static final TimeRange ALL = new TimeRange(Instant.EPOCH, START.plusSeconds(9_999));
  private static final Bytes PREVIOUS = Bytes.copyOf(new byte[32]);

  @TempDir Path root;

  private Path open;
  private byte[] content;
  private int[] partEnds;

  /** A segment of four parts, one a second, as a kill finds it. */
  @BeforeEach
  void writeOpenSegment() throws IOException {
    Spool spool = new Spool(root);
    try (PartMuxer muxer = PartMuxer.open(Clip.SCENE.format())) {
      SegmentHead head =
          new SegmentHead(
              new SegmentIdentity(
                  STREAM,
                  77,
                  3,
                  START,
                  new TimeBasis(5, START, null, Duration.ofMillis(1)),
                  0,
                  PREVIOUS),
              Bytes.copyOf(muxer.init()),
              String.join(",", muxer.codecs()),
              160,
              96);
      SegmentWriter writer = SegmentWriter.begin(spool, head, part(muxer, 0));
      partEnds = new int[4];
      partEnds[0] = (int) writer.snapshotBytes();
      for (int i = 1; i < 4; i++) {
        writer.append(part(muxer, i));
        partEnds[i] = (int) writer.snapshotBytes();
      }
      open = writer.file();
      content = Files.readAllBytes(open);
    }
  }

  private static Part part(PartMuxer muxer, int second) {
    List<MuxSample> samples = Clip.SCENE.second(second);
    return new Part(
        muxer.part(samples), true, second * 90_000L, 25, 0, START.plusSeconds(second + 1));
  }

  private Spool recover() {
    Spool spool = new Spool(root);
    new SpoolRecovery(spool).run();
    return spool;
  }

  @Test
  void aFileTornAnywhereGivesItsWholeParts() throws Exception {
    int step = content.length / 97;
    for (int length = 0; length < content.length + step; length += step) {
      int kept = Math.min(length, content.length);
      clear();
      Files.write(open, java.util.Arrays.copyOf(content, kept));
      int whole = 0;
      while (whole < 4 && partEnds[whole] <= kept) {
        whole++;
      }
      Spool spool = recover();
      List<Segment> found = spool.find(STREAM, ALL);
      assertThat(files(".open")).isEmpty();
      if (whole == 0) {
        assertThat(found).as("torn at %d", kept).isEmpty();
        continue;
      }
      assertThat(found).as("torn at %d", kept).hasSize(1);
      Segment segment = found.getFirst();
      assertThat(segment.sizeBytes()).isEqualTo(partEnds[whole - 1]);
      assertThat(segment.frames()).isEqualTo(25 * whole);
      assertThat(segment.keyFrames().size()).isEqualTo(whole);
      assertThat(segment.keyFrames().ticks(whole - 1)).isEqualTo((whole - 1) * 90_000L);
      assertThat(segment.range().end()).isEqualTo(START.plusSeconds(whole));
      assertThat(segment.previousSha256()).isEqualTo(PREVIOUS);
      assertThat(segment.run()).isEqualTo(77);
      assertThat(segment.sequence()).isEqualTo(3);
      assertThat(segment.sha256()).isEqualTo(Sha256.of(files(".mp4").getFirst()));
      assertThat(spool.chain(STREAM))
          .contains(new ChainLink(segment.range().end(), segment.sha256()));
    }
  }

  @Test
  void garbageBehindTheLastPartIsCut() throws Exception {
    byte[] longer = java.util.Arrays.copyOf(content, content.length + 5_000);
    longer[content.length + 3] = 100;
    Files.write(open, longer);
    assertThat(recover().find(STREAM, ALL).getFirst().sizeBytes()).isEqualTo(content.length);
  }

  @Test
  void aSecondRecoveryChangesNothing() throws Exception {
    Segment first = recover().find(STREAM, ALL).getFirst();
    assertThat(recover().find(STREAM, ALL)).containsExactly(first);
    assertThat(files(".row")).hasSize(1);
  }

  @Test
  void aSealInterruptedBeforeTheRenameIsFinished() throws Exception {
    Segment row = recover().find(STREAM, ALL).getFirst();
    Path media = files(".mp4").getFirst();
    Files.move(media, open);
    assertThat(recover().find(STREAM, ALL)).containsExactly(row);
    assertThat(media).exists();
  }

  @Test
  void aLostOrAlteredRowIsComputedAgain() throws Exception {
    Segment row = recover().find(STREAM, ALL).getFirst();
    Path file = files(".row").getFirst();
    Files.writeString(file, Files.readString(file).replace("frames 100", "frames 999"));
    assertThat(recover().find(STREAM, ALL)).containsExactly(row);
    Files.delete(file);
    assertThat(recover().find(STREAM, ALL)).containsExactly(row);
  }

  @Test
  void aRemovalInterruptedHalfWayIsFinished() throws Exception {
    recover();
    Files.delete(files(".mp4").getFirst());
    Files.writeString(files(".row").getFirst().resolveSibling("x.row.tmp"), "half");
    assertThat(recover().find(STREAM, ALL)).isEmpty();
    assertThat(files(".row")).isEmpty();
    assertThat(files(".tmp")).isEmpty();
  }

  @Test
  void whatIsNoSegmentIsSetAsideAndNeverDeleted() throws Exception {
    clear();
    Path strange = open.resolveSibling("1777629599920-a-0.mp4");
    Files.writeString(strange, "not a movie");
    Path foreign = open.resolveSibling("1777629599921-a-0.open");
    byte[] other = content.clone();
    int name = indexOf(other, "gate-1");
    other[name + 5] = '2';
    Files.write(foreign, other);
    assertThat(recover().find(STREAM, ALL)).isEmpty();
    assertThat(files(".damaged")).hasSize(2);
  }

  @Test
  void foreignDirectoriesAreLeftAlone() throws Exception {
    Path foreign = Files.createDirectories(root.resolve("Not A Camera/main"));
    Files.writeString(foreign.resolve("x.open"), "keep me");
    Files.createDirectories(root.resolve("gate-9/third"));
    recover();
    assertThat(foreign.resolve("x.open")).exists();
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(open.getParent())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
