package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;

class SegmentIdentityTest {
  private static final Instant START = Instant.parse("2026-05-04T12:00:00.123456789Z");
  private static final Instant ARRIVAL = Instant.parse("2026-05-04T12:00:00.130Z");
  private static final Bytes PREVIOUS = Bytes.copyOf(new byte[32]);

  /** The example of {@code ref/segment-format.md}. */
  private static final String DOCUMENTED =
      "0000008575756964"
          + "0c0dde2f16f24062a665e4ddbcfcd61f"
          + "01000000"
          + "06676174652d31046d61696e"
          + "000650fcab8711c0"
          + "00000003"
          + "0000000069f88a40075bcd15"
          + "00000000017d7840"
          + "0000000069f88a4007bfa480"
          + "fffffffffffffffb"
          + "00000000001b7740"
          + "20"
          + "00".repeat(32);

  private static SegmentIdentity example() {
    return new SegmentIdentity(
        new StreamId(new CameraId("gate-1"), StreamName.MAIN),
        1_777_896_000_000_448L,
        3,
        START,
        new TimeBasis(-5, ARRIVAL, null, Duration.ofMillis(25)),
        1_800_000,
        PREVIOUS);
  }

  @Test
  void theBytesAreThoseOfTheDocument() {
    assertThat(HexFormat.of().formatHex(example().encode())).isEqualTo(DOCUMENTED);
  }

  @Test
  void whatWasWrittenIsRead() {
    SegmentIdentity plain = example();
    TimeBasis known =
        new TimeBasis(-5, START, Instant.parse("1969-12-31T23:59:59Z"), Duration.ofNanos(1));
    SegmentIdentity full =
        new SegmentIdentity(
            new StreamId(new CameraId("a".repeat(63)), StreamName.SUB),
            -1,
            Integer.MAX_VALUE,
            Instant.EPOCH.minusNanos(1),
            known,
            Long.MAX_VALUE,
            Bytes.EMPTY);
    SegmentIdentity filled =
        new SegmentIdentity(
            plain.stream(), 7, 0, START, known.filled(), plain.decodeTicks(), Bytes.EMPTY);
    for (SegmentIdentity identity : new SegmentIdentity[] {plain, full, filled}) {
      ByteBuffer box = ByteBuffer.wrap(identity.encode());
      assertThat(SegmentIdentity.matches(box)).isTrue();
      assertThat(SegmentIdentity.decode(box)).isEqualTo(identity);
      assertThat(box.remaining()).isLessThan(256);
    }
  }

  @Test
  void tornOrChangedItIsDataLoss() {
    byte[] box = example().encode();
    for (int size = 0; size < box.length; size++) {
      byte[] torn = java.util.Arrays.copyOf(box, size);
      if (size >= 4) {
        ByteBuffer.wrap(torn).putInt(0, size);
      }
      assertKind(ErrorKind.DATA_LOSS, torn);
    }
    assertKind(ErrorKind.DATA_LOSS, changed(box, 8, 0));
    // A camera id in capitals, an unknown stream, a negative sequence, a hash of 31 bytes.
    assertKind(ErrorKind.DATA_LOSS, changed(box, 29, 'G'));
    assertKind(ErrorKind.DATA_LOSS, changed(box, 36, 'p'));
    assertKind(ErrorKind.DATA_LOSS, changed(box, 48, 0x80));
    assertKind(ErrorKind.DATA_LOSS, changed(box, box.length - 33, 31));
  }

  @Test
  void anotherVersionIsUnsupported() {
    assertKind(ErrorKind.UNSUPPORTED, changed(example().encode(), 24, 2));
  }

  @Test
  void laterEditionsMayAppendFields() {
    byte[] box = example().encode();
    byte[] longer = java.util.Arrays.copyOf(box, box.length + 5);
    ByteBuffer.wrap(longer).putInt(0, longer.length);
    assertThat(SegmentIdentity.decode(ByteBuffer.wrap(longer))).isEqualTo(example());
  }

  private static byte[] changed(byte[] box, int at, int value) {
    byte[] changed = box.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static void assertKind(ErrorKind kind, byte[] box) {
    assertThatThrownBy(() -> SegmentIdentity.decode(ByteBuffer.wrap(box)))
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
