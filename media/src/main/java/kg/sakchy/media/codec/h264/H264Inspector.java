package kg.sakchy.media.codec.h264;

import java.nio.ByteBuffer;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.BitReader;
import kg.sakchy.media.codec.NalUnits;
import kg.sakchy.media.codec.ParameterSets;
import kg.sakchy.media.codec.UnitInspector;
import kg.sakchy.media.codec.VideoParameters;
import org.jspecify.annotations.Nullable;

/**
 * What the NAL units of an H.264 access unit mean.
 *
 * <p>A key frame is an IDR picture, or one of I slices only behind a recovery point SEI (open GOPs;
 * ITU-T H.264 §D.1.8). Gradual refresh without I pictures has no key frames here.
 *
 * <p>An SPS with new content puts everything known before it out of force, so that sets of an old
 * resolution do not linger; sets inside one access unit add up.
 *
 * <p>Threads: confined to one.
 */
public final class H264Inspector implements UnitInspector {
  private static final int MAX_SET_BYTES = 0xffff;
  private static final int RECOVERY_POINT = 6;
  private static final int HEADER_PROBE_BYTES = 16;

  private final ParameterSets spsById = new ParameterSets();
  private final ParameterSets ppsById = new ParameterSets();
  private @Nullable VideoParameters parameters;
  private boolean setsChanged;

  // Of the access unit being looked at.
  private boolean spsChanged;
  private boolean picture;
  private boolean idr;
  private boolean recoveryPoint;
  private boolean otherThanIntra;

  @Override
  public void nal(byte[] data, int offset, int length) {
    int type = H264Nal.type(data[offset]);
    switch (type) {
      case H264Nal.IDR -> {
        picture = true;
        idr = true;
      }
      case H264Nal.SLICE, H264Nal.PARTITION_A -> {
        picture = true;
        otherThanIntra = otherThanIntra || !recoveryPoint || !isIntra(data, offset, length);
      }
      case H264Nal.SEI ->
          recoveryPoint = recoveryPoint || hasRecoveryPoint(data, offset + 1, offset + length);
      case H264Nal.SPS -> learnSps(data, offset, length);
      case H264Nal.PPS -> learnPps(data, offset, length);
      default -> picture = picture || H264Nal.isSlice(type);
    }
  }

  @Override
  public boolean hasPicture() {
    return picture;
  }

  @Override
  public boolean isKeyFrame() {
    return idr || (recoveryPoint && !otherThanIntra);
  }

  @Override
  public void nextUnit() {
    spsChanged = false;
    picture = false;
    idr = false;
    recoveryPoint = false;
    otherThanIntra = false;
  }

  @Override
  public @Nullable VideoParameters parameters() {
    if (setsChanged) {
      setsChanged = false;
      parameters = spsById.isEmpty() || ppsById.isEmpty() ? null : build();
    }
    return parameters;
  }

  @Override
  public boolean beginsUnit(byte[] data, int offset, int length) {
    return switch (H264Nal.type(data[offset])) {
      case H264Nal.SEI,
          H264Nal.SPS,
          H264Nal.PPS,
          H264Nal.AUD,
          H264Nal.SPS_EXTENSION,
          H264Nal.PREFIX,
          H264Nal.SUBSET_SPS ->
          true;
      // first_mb_in_slice is 0 if its code is the single bit 1
      case H264Nal.SLICE, H264Nal.PARTITION_A, H264Nal.IDR -> length > 1 && data[offset + 1] < 0;
      default -> false;
    };
  }

  @Override
  public boolean mayHoldMore(int firstByte) {
    int type = H264Nal.type(firstByte);
    return type == H264Nal.SPS || type == H264Nal.PPS || type == H264Nal.AUD;
  }

  @Override
  public boolean isLikelyHeader(int firstByte) {
    boolean referenced = (firstByte & 0x60) != 0;
    boolean forbidden = (firstByte & 0x80) != 0;
    return !forbidden
        && switch (H264Nal.type(firstByte)) {
          case H264Nal.IDR, H264Nal.SPS, H264Nal.PPS -> referenced;
          case H264Nal.SEI, H264Nal.AUD -> !referenced;
          case H264Nal.SLICE -> true;
          default -> false;
        };
  }

  private void learnSps(byte[] data, int offset, int length) {
    if (length > MAX_SET_BYTES) {
      return;
    }
    Bytes set = Bytes.copyOf(ByteBuffer.wrap(data, offset, length));
    int id;
    try {
      id = H264Sps.parse(set).id();
    } catch (VmsException malformed) {
      return; // it stays in the sample, but nothing can be learned from it
    }
    if (!spsById.holds(id, set)) {
      if (!spsChanged) {
        spsById.clear();
        ppsById.clear();
        spsChanged = true;
      }
      spsById.put(id, set);
      setsChanged = true;
    }
  }

  private void learnPps(byte[] data, int offset, int length) {
    if (length > MAX_SET_BYTES) {
      return;
    }
    int id;
    try {
      id = behindHeader(data, offset, length).ue(255);
    } catch (VmsException malformed) {
      return; // as above
    }
    Bytes set = Bytes.copyOf(ByteBuffer.wrap(data, offset, length));
    if (!ppsById.holds(id, set)) {
      ppsById.put(id, set);
      setsChanged = true;
    }
  }

  private @Nullable VideoParameters build() {
    try {
      AvcConfig config = new AvcConfig(spsById.all(), ppsById.all());
      H264Sps sps = H264Sps.parse(config.sps().getFirst());
      return new VideoParameters(
          new TrackFormat.Video(
              Codec.H264,
              VideoParameters.CLOCK_RATE,
              config.encode(),
              sps.width(),
              sps.height(),
              config.codecString()),
          sps.reorderDepth(),
          VideoParameters.frameTicks(2 * sps.unitsInTick(), sps.timeScale()));
    } catch (VmsException unusable) {
      return null; // more sets than avcC can hold
    }
  }

  /** The first bits behind the NAL header. */
  private static BitReader behindHeader(byte[] data, int offset, int length) {
    return new BitReader(NalUnits.rbsp(data, offset + 1, Math.min(length - 1, HEADER_PROBE_BYTES)));
  }

  /** Whether a slice is of type I or SI (§7.4.3). */
  private static boolean isIntra(byte[] data, int offset, int length) {
    try {
      BitReader header = behindHeader(data, offset, length);
      header.skipUe(); // first_mb_in_slice
      int type = header.ue(9) % 5;
      return type == 2 || type == 4;
    } catch (VmsException malformed) {
      return false;
    }
  }

  /** Walks over the messages of an SEI NAL unit (§7.3.2.3.1). */
  private static boolean hasRecoveryPoint(byte[] data, int from, int to) {
    int at = from;
    while (at + 2 < to) {
      int type = 0;
      while (at < to && (data[at] & 0xff) == 0xff) {
        type += 255;
        at++;
      }
      type += at < to ? data[at++] & 0xff : 0;
      int size = 0;
      while (at < to && (data[at] & 0xff) == 0xff) {
        size += 255;
        at++;
      }
      size += at < to ? data[at++] & 0xff : 0;
      if (type == RECOVERY_POINT) {
        return true;
      }
      at += size;
    }
    return false;
  }
}
