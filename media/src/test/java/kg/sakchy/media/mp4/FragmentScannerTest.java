package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FragmentScannerTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  @TempDir Path directory;

  private final InMemoryArchive archive = new InMemoryArchive();

  @Test
  void findsIdentityPartsAndKeyFramesOfASegment() {
    List<Segment> segments = RecordedRun.record(archive, GoldenFile.RUN_H264_BFRAMES_AAC, NOON, 2);
    Segment second = segments.get(1);
    SegmentScan scan = RecordedRun.scan(archive.object(second));
    assertThat(scan.init().bytes()).isEqualTo(second.init());
    assertThat(scan.identity())
        .isEqualTo(
            new SegmentIdentity(
                second.stream(),
                second.run(),
                1,
                second.range().start(),
                second.time(),
                second.decodeTicks(),
                second.previousSha256()));
    assertThat(scan.keyFrames()).isEqualTo(second.keyFrames());
    assertThat(scan.videoFrames()).isEqualTo(second.frames()).isEqualTo(40);
    assertThat(scan.wholeUntil()).isEqualTo(second.sizeBytes());
    SegmentScan.Part first = scan.parts().getFirst();
    assertThat(first.videoDecodeTicks()).isEqualTo(180_000);
    assertThat(first.videoFirstPtsTicks()).isEqualTo(189_000);
    assertThat(first.videoDurationTicks()).isEqualTo(45_000);
    assertThat(first.keyFrame()).isTrue();
    assertThat(scan.parts().get(1).keyFrame()).isFalse();
  }

  @Test
  void tornAtAnyByteItFindsExactlyTheWholeParts() throws IOException {
    Segment segment = RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 6).getFirst();
    byte[] whole = archive.object(segment);
    SegmentScan all = RecordedRun.scan(whole);
    int initEnd = all.init().bytes().size();
    Path file = directory.resolve("torn.mp4");
    Files.write(file, whole);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (int size = whole.length; size >= initEnd; size--) {
        channel.truncate(size);
        long end = size;
        List<SegmentScan.Part> expected =
            all.parts().stream().filter(part -> part.offset() + part.sizeBytes() <= end).toList();
        SegmentScan scan = FragmentScanner.scan(channel);
        assertThat(scan.parts()).isEqualTo(expected);
        assertThat(scan).isEqualTo(FragmentScanner.scan(new ByteArrayInputStream(whole, 0, size)));
        long head = size < segment.mediaOffset() ? initEnd : segment.mediaOffset();
        long wholeUntil =
            expected.isEmpty()
                ? head
                : expected.getLast().offset() + expected.getLast().sizeBytes();
        assertThat(scan.wholeUntil()).isEqualTo(wholeUntil);
      }
    }
  }

  @Test
  void withoutAWholeMoovItIsDataLoss() {
    byte[] init = GoldenFile.RUN_H265.init().bytes().toByteArray();
    for (int size = 0; size < init.length; size++) {
      byte[] torn = Arrays.copyOf(init, size);
      assertThatThrownBy(() -> RecordedRun.scan(torn))
          .isInstanceOfSatisfying(
              VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
    }
  }

  @Test
  void zerosBehindTheLastPartAreCutOff() {
    byte[] whole = GoldenFile.RUN_H265.bytes();
    SegmentScan all = RecordedRun.scan(whole);
    for (int zeros : new int[] {1, 7, 8, 15, 16, 4096}) {
      assertThat(RecordedRun.scan(Arrays.copyOf(whole, whole.length + zeros))).isEqualTo(all);
    }
    byte[] blanked = whole.clone();
    SegmentScan.Part third = all.parts().get(2);
    Arrays.fill(blanked, (int) third.offset() + 20, blanked.length, (byte) 0);
    assertThat(RecordedRun.scan(blanked).parts()).isEqualTo(all.parts().subList(0, 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER_ABSOLUTE_OFFSETS", "OTHER_EVERY_FRAME"})
  void othersFragmentsAreUnderstoodToo(GoldenFile file) {
    SegmentScan scan = RecordedRun.scan(file.bytes());
    assertThat(scan.identity()).isNull();
    assertThat(scan.videoFrames()).isEqualTo(40);
    assertThat(scan.parts().stream().mapToLong(SegmentScan.Part::videoDurationTicks).sum())
        .isEqualTo(180_000);
    assertThat(scan.keyFrames().size()).isEqualTo(2);
    assertThat(scan.keyFrames().ticks(1)).isEqualTo(90_000);
  }

  @Test
  void largeSizesAndForeignBoxesAreUnderstood() {
    byte[] run = GoldenFile.RUN_H265.bytes();
    SegmentScan plain = RecordedRun.scan(run);
    SegmentScan.Part part = plain.parts().getFirst();
    int moof = ByteBuffer.wrap(run).getInt((int) part.offset());
    BoxWriter file = new BoxWriter();
    file.bytes(plain.init().bytes().asByteBuffer());
    file.box('s' << 24 | 't' << 16 | 'y' << 8 | 'p', box -> box.u32('m'));
    file.box(BoxType.UUID, box -> box.u64(1).u64(2).u32(3));
    byte[] fragment = Arrays.copyOfRange(run, (int) part.offset(), (int) part.offset() + moof);
    moveData(fragment, 8);
    file.bytes(fragment);
    int payload = part.sizeBytes() - moof - 8;
    file.u32(1).u32(BoxType.MDAT).u64(16 + payload);
    file.bytes(ByteBuffer.wrap(run, (int) part.offset() + moof + 8, payload));
    byte[] bytes = file.toByteArray();
    SegmentScan scan = RecordedRun.scan(bytes);
    assertThat(scan.parts()).hasSize(1);
    assertThat(scan.wholeUntil()).isEqualTo(bytes.length);
    assertThat(scan.parts().getFirst().videoFrames()).isEqualTo(part.videoFrames());
    assertThat(scan.parts().getFirst().sizeBytes()).isEqualTo(part.sizeBytes() + 8);
  }

  /** Adds to the data offset of the first trun, which stands behind version, flags and count. */
  private static void moveData(byte[] moof, int by) {
    String text = new String(moof, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.indexOf("trun") + 12;
    ByteBuffer bytes = ByteBuffer.wrap(moof);
    bytes.putInt(at, bytes.getInt(at) + by);
  }

  @Test
  void samplesOutsideTheirMdatEndTheScan() {
    byte[] run = GoldenFile.RUN_H265.bytes();
    SegmentScan plain = RecordedRun.scan(run);
    SegmentScan.Part second = plain.parts().get(1);
    byte[] moof =
        Arrays.copyOfRange(run, (int) second.offset(), (int) second.offset() + second.sizeBytes());
    moveData(moof, 1);
    System.arraycopy(moof, 0, run, (int) second.offset(), moof.length);
    assertThat(RecordedRun.scan(run).parts()).isEqualTo(plain.parts().subList(0, 1));
  }
}
