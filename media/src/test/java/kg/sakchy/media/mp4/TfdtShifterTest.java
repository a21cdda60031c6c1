package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

class TfdtShifterTest {
  @Test
  void everyTrackMovesByItsOwnTicks() throws IOException {
    InitSegment init = GoldenFile.RUN_H264_AAC.init();
    byte[] media = media(GoldenFile.RUN_H264_AAC, init);
    byte[] moved = shift(media, TfdtShift.of(9_000, init), media.length);
    SegmentScan before = RecordedRun.scan(GoldenFile.RUN_H264_AAC.bytes());
    long origin = before.parts().getFirst().offset();
    for (SegmentScan.Part part : before.parts()) {
      int at = (int) (part.offset() - origin);
      var old = FragmentSamples.list(ByteBuffer.wrap(media, at, part.sizeBytes()), init);
      var now = FragmentSamples.list(ByteBuffer.wrap(moved, at, part.sizeBytes()), init);
      assertThat(now)
          .isEqualTo(
              old.stream()
                  .map(sample -> later(sample, sample.track() == 1 ? 9_000 : 1_600))
                  .toList());
    }
  }

  private static FragmentSample later(FragmentSample sample, long ticks) {
    return new FragmentSample(
        sample.track(),
        sample.pts() + ticks,
        sample.dts() + ticks,
        sample.duration(),
        sample.keyFrame(),
        sample.offset(),
        sample.sizeBytes());
  }

  @Test
  void readsOfAnySizeGiveTheSame() throws IOException {
    InitSegment init = GoldenFile.RUN_H264_AAC.init();
    byte[] media = media(GoldenFile.RUN_H264_AAC, init);
    TfdtShift shift = TfdtShift.of(1_000_000_007L, init);
    byte[] expected = shift(media, shift, media.length);
    assertThat(expected).isNotEqualTo(media);
    for (int size : new int[] {1, 2, 3, 7, 8, 9, 16, 100, 1_000, 4_096, 10_000}) {
      assertThat(shift(media, shift, size)).as("reads of " + size).isEqualTo(expected);
    }
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      InputStream fickle = new FickleStream(media, random);
      try (InputStream in = new TfdtShifter(fickle, shift)) {
        assertThat(in.readAllBytes()).isEqualTo(expected);
      }
    }
  }

  @Test
  void thereAndBackIsTheSame() throws IOException {
    InitSegment init = GoldenFile.RUN_H264_BFRAMES_AAC.init();
    byte[] media = media(GoldenFile.RUN_H264_BFRAMES_AAC, init);
    byte[] there = shift(media, TfdtShift.of(90_000_000, init), 5_000);
    assertThat(shift(there, TfdtShift.of(-90_000_000, init), 5_000)).isEqualTo(media);
  }

  @Test
  void timesStopAtZero() throws IOException {
    byte[] moof = fragment(1, 5_000);
    byte[] moved = shift(moof, new TfdtShift(Map.of(1, -6_000L)), 100);
    assertThat(moved).isEqualTo(fragment(1, 0));
  }

  @Test
  void timesOf32BitsMoveAsFarAsTheyFit() throws IOException {
    byte[] moof = fragment(0, 0xFFFF_0000L);
    assertThat(shift(moof, new TfdtShift(Map.of(1, 0xFFFFL)), 100))
        .isEqualTo(fragment(0, 0xFFFF_FFFFL));
    assertKind(ErrorKind.UNSUPPORTED, moof, new TfdtShift(Map.of(1, 0x1_0000L)));
  }

  @Test
  void garbageIsDataLoss() {
    TfdtShift shift = new TfdtShift(Map.of(1, 5L));
    assertKind(ErrorKind.DATA_LOSS, new byte[] {0, 0, 0, 3, 'm', 'd', 'a', 't', 0}, shift);
    assertKind(ErrorKind.DATA_LOSS, new byte[] {0, 0, 0, 0, 'm', 'd', 'a', 't', 0}, shift);
    assertKind(ErrorKind.DATA_LOSS, new byte[] {127, 0, 0, 0, 'm', 'o', 'o', 'f', 0}, shift);
    byte[] torn = fragment(1, 7);
    torn[11] = 4;
    assertKind(ErrorKind.DATA_LOSS, torn, shift);
  }

  @Test
  void aSourceThatEndsEarlyIsHandedOnToItsEnd() throws IOException {
    byte[] moof = fragment(1, 5_000);
    for (int size = 0; size < moof.length; size++) {
      byte[] torn = Arrays.copyOf(moof, size);
      assertThat(shift(torn, new TfdtShift(Map.of(1, 5L)), 100)).isEqualTo(torn);
    }
  }

  private static byte[] fragment(int version, long time) {
    return new BoxWriter()
        .box(
            BoxType.MOOF,
            moof ->
                moof.box(
                    BoxType.TRAF,
                    traf -> {
                      traf.fullBox(BoxType.TFHD, 0, 0x2_0000, tfhd -> tfhd.u32(1));
                      traf.fullBox(
                          BoxType.TFDT,
                          version,
                          0,
                          tfdt -> {
                            if (version == 1) {
                              tfdt.u64(time);
                            } else {
                              tfdt.u32(time);
                            }
                          });
                    }))
        .toByteArray();
  }

  private static byte[] media(GoldenFile file, InitSegment init) {
    byte[] bytes = file.bytes();
    return Arrays.copyOfRange(bytes, init.bytes().size(), bytes.length);
  }

  private static byte[] shift(byte[] media, TfdtShift shift, int readSize) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[readSize];
    try (InputStream in = new TfdtShifter(new ByteArrayInputStream(media), shift)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }

  private static void assertKind(ErrorKind kind, byte[] media, TfdtShift shift) {
    assertThatThrownBy(() -> shift(media, shift, 1_000))
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  /** Gives fewer bytes than asked for, as sockets do. */
  private static final class FickleStream extends InputStream {
    private final ByteArrayInputStream all;
    private final Random random;

    FickleStream(byte[] all, Random random) {
      this.all = new ByteArrayInputStream(all);
      this.random = random;
    }

    @Override
    public int read() {
      return all.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return all.read(target, offset, Math.min(length, 1 + random.nextInt(3_000)));
    }
  }
}
