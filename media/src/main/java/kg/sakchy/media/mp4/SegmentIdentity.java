package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Who a segment is: the box between {@code moov} and the first {@code moof} of a segment object, so
 * that the index can be rebuilt from objects alone. Layout: {@code ref/segment-format.md}.
 *
 * @param stream whose
 * @param run {@link kg.sakchy.core.recording.Segment#run()}
 * @param sequence {@link kg.sakchy.core.recording.Segment#sequence()}
 * @param start UTC of the first frame
 * @param time how the start is known
 * @param decodeTicks {@code baseMediaDecodeTime} of the first video sample, 90 kHz
 * @param previousSha256 of the segment before it in the stream, 32 bytes, or empty for the first
 */
public record SegmentIdentity(
    StreamId stream,
    long run,
    int sequence,
    Instant start,
    TimeBasis time,
    long decodeTicks,
    Bytes previousSha256) {
  /** Longest box {@link #decode} takes, in bytes; ours have less than 256. */
  public static final int MAX_SIZE = 4096;

  private static final byte[] USER_TYPE =
      HexFormat.of().parseHex("0c0dde2f16f24062a665e4ddbcfcd61f");
  private static final int VERSION = 1;
  private static final int HAS_CAMERA_TIME = 1;
  private static final int FILLED = 2;
  private static final int SHA256_BYTES = 32;

  public SegmentIdentity {
    if (sequence < 0 || decodeTicks < 0 || time.uncertainty().isNegative()) {
      throw new IllegalArgumentException("negative sequence, decode time or uncertainty");
    }
    if (!previousSha256.isEmpty() && previousSha256.size() != SHA256_BYTES) {
      throw new IllegalArgumentException("a SHA-256 of " + previousSha256.size() + " bytes");
    }
  }

  /** The whole box, with its header. */
  public byte[] encode() {
    Instant cameraTime = time.cameraTime();
    return new BoxWriter()
        .box(
            BoxType.UUID,
            box -> {
              box.bytes(USER_TYPE);
              box.u32(
                  VERSION << 24
                      | (cameraTime == null ? 0 : HAS_CAMERA_TIME)
                      | (time.isFilled() ? FILLED : 0));
              text(box, stream.camera().value());
              text(box, stream.name().code());
              box.u64(run).u32(sequence);
              instant(box, start);
              box.u64(time.uncertainty().toNanos());
              instant(box, time.arrival());
              if (cameraTime != null) {
                instant(box, cameraTime);
              }
              box.u64(time.rtpTicks()).u64(decodeTicks);
              box.u8(previousSha256.size()).bytes(previousSha256.asByteBuffer());
            })
        .toByteArray();
  }

  /** Whether a box, given from its header on, is an identity of any version. */
  public static boolean matches(ByteBuffer box) {
    return box.remaining() >= 8 + USER_TYPE.length
        && box.getInt(box.position() + 4) == BoxType.UUID
        && box.slice(box.position() + 8, USER_TYPE.length).equals(ByteBuffer.wrap(USER_TYPE));
  }

  /**
   * Reads the box. Bytes behind the last field are left for later editions of the same version.
   *
   * @param box from its header on; its position stays
   * @throws VmsException DATA_LOSS when malformed, UNSUPPORTED for another version
   */
  public static SegmentIdentity decode(ByteBuffer box) {
    BoxFields in = new BoxReader(box).require(BoxType.UUID);
    if (!Arrays.equals(in.bytes(USER_TYPE.length), USER_TYPE)) {
      throw Mp4Errors.malformed("a uuid box that is not a segment identity");
    }
    int version = in.version();
    int flags = in.flags();
    if (version != VERSION) {
      throw Mp4Errors.unsupported("segment identity version " + version);
    }
    try {
      return decode(in, flags);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw malformed(e);
    } catch (VmsException e) {
      throw e.kind() == kg.sakchy.core.error.ErrorKind.INVALID_ARGUMENT ? malformed(e) : e;
    }
  }

  private static SegmentIdentity decode(BoxFields in, int flags) {
    StreamId stream = new StreamId(new CameraId(text(in)), StreamName.of(text(in)));
    long run = in.s64();
    int sequence = in.s32();
    Instant start = instant(in);
    Duration uncertainty = Duration.ofNanos(in.u64());
    Instant arrival = instant(in);
    @Nullable Instant cameraTime = (flags & HAS_CAMERA_TIME) != 0 ? instant(in) : null;
    long rtpTicks = in.s64();
    long decodeTicks = in.u64();
    Bytes previous = Bytes.copyOf(in.bytes(in.u8()));
    TimeBasis.Origin origin =
        (flags & FILLED) != 0 ? TimeBasis.Origin.FILLED : TimeBasis.Origin.LIVE;
    TimeBasis time = new TimeBasis(rtpTicks, arrival, cameraTime, uncertainty, origin);
    return new SegmentIdentity(stream, run, sequence, start, time, decodeTicks, previous);
  }

  private static VmsException malformed(Exception cause) {
    return Mp4Errors.malformed("segment identity: " + cause.getMessage());
  }

  private static void text(BoxWriter out, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    out.u8(ascii.length).bytes(ascii);
  }

  private static String text(BoxFields in) {
    return new String(in.bytes(in.u8()), StandardCharsets.US_ASCII);
  }

  private static void instant(BoxWriter out, Instant instant) {
    out.u64(instant.getEpochSecond()).u32(instant.getNano());
  }

  private static Instant instant(BoxFields in) {
    return Instant.ofEpochSecond(in.s64(), in.u32());
  }
}
