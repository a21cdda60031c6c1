package kg.sakchy.recorder.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentRowTest {
  @TempDir Path directory;

  private static Segment sample() {
    return SampleSegments.inState(
        SampleSegments.segment(
            StreamId.main(new CameraId("gate-1")),
            Instant.parse("2026-05-01T10:00:00.123456Z"),
            60,
            77,
            3),
        Segment.State.SPOOLED);
  }

  @Test
  void everyFieldComesBack() throws Exception {
    for (Segment segment : new Segment[] {sample(), SampleSegments.withCameraTime(sample())}) {
      Path file = directory.resolve("a.row");
      SegmentRow.write(file, segment);
      assertThat(SegmentRow.read(file)).contains(segment);
    }
  }

  @Test
  void aTornOrAlteredFileIsNoRow() throws Exception {
    String text = SegmentRow.format(sample());
    Path file = directory.resolve("a.row");
    for (int length = 0; length < text.length(); length += 7) {
      Files.writeString(file, text.substring(0, length));
      assertThat(SegmentRow.read(file)).isEmpty();
    }
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] altered = text.getBytes(StandardCharsets.UTF_8);
      altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(127));
      Files.write(file, altered);
      assertThat(SegmentRow.read(file)).isEmpty();
    }
  }

  @Test
  void aRowWithAValidCheckAndNonsenseInsideIsRefused() {
    assertThatThrownBy(() -> SegmentRow.parse("sakchy-segment 1\ncrc32 0\n"))
        .isInstanceOf(VmsException.class);
  }
}
