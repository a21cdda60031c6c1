package kg.sakchy.media.codec.h265;

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
 * What the NAL units of an H.265 access unit mean. A key frame is an IRAP picture (ITU-T H.265
 * §3.69: IDR, CRA, BLA).
 *
 * <p>An SPS or VPS with new content puts what was known of its kind before it out of force, an SPS
 * the PPS too, so that sets of an old resolution do not linger; sets inside one access unit add up.
 *
 * <p>Threads: confined to one.
 */
public final class H265Inspector implements UnitInspector {
  private static final int MAX_SET_BYTES = 0xffff;
  private static final int PPS_PROBE_BYTES = 16;

  private final ParameterSets vpsById = new ParameterSets();
  private final ParameterSets spsById = new ParameterSets();
  private final ParameterSets ppsById = new ParameterSets();
  private @Nullable VideoParameters parameters;
  private boolean setsChanged;

  // Of the access unit being looked at.
  private boolean vpsChanged;
  private boolean spsChanged;
  private boolean picture;
  private boolean irap;

  @Override
  public void nal(byte[] data, int offset, int length) {
    if (length < H265Nal.HEADER_BYTES || H265Nal.layer(data[offset], data[offset + 1]) != 0) {
      return;
    }
    int type = H265Nal.type(data[offset]);
    switch (type) {
      case H265Nal.VPS, H265Nal.SPS, H265Nal.PPS -> {
        if (length <= MAX_SET_BYTES) {
          learn(type, Bytes.copyOf(ByteBuffer.wrap(data, offset, length)));
        }
      }
      default -> {
        picture = picture || type <= H265Nal.LAST_SLICE;
        irap = irap || H265Nal.isIrap(type);
      }
    }
  }

  @Override
  public boolean hasPicture() {
    return picture;
  }

  @Override
  public boolean isKeyFrame() {
    return irap;
  }

  @Override
  public void nextUnit() {
    vpsChanged = false;
    spsChanged = false;
    picture = false;
    irap = false;
  }

  @Override
  public @Nullable VideoParameters parameters() {
    if (setsChanged) {
      setsChanged = false;
      boolean missing = vpsById.isEmpty() || spsById.isEmpty() || ppsById.isEmpty();
      parameters = missing ? null : build();
    }
    return parameters;
  }

  @Override
  public boolean beginsUnit(byte[] data, int offset, int length) {
    int type = H265Nal.type(data[offset]);
    boolean slice = type <= H265Nal.LAST_SLICE;
    boolean before = (type >= H265Nal.VPS && type <= H265Nal.AUD) || type == H265Nal.PREFIX_SEI;
    // first_slice_segment_in_pic_flag is the first bit behind the header
    boolean firstSlice = slice && length > H265Nal.HEADER_BYTES && data[offset + 2] < 0;
    return before || firstSlice;
  }

  @Override
  public boolean mayHoldMore(int firstByte) {
    int type = H265Nal.type(firstByte);
    return type >= H265Nal.VPS && type <= H265Nal.AUD;
  }

  @Override
  public boolean isLikelyHeader(int firstByte) {
    int type = H265Nal.type(firstByte);
    boolean known =
        (type >= H265Nal.IDR_W_RADL && type <= H265Nal.CRA)
            || (type >= H265Nal.VPS && type <= H265Nal.AUD)
            || type == H265Nal.TRAIL_R
            || type == H265Nal.PREFIX_SEI;
    return known && (firstByte & 0x81) == 0;
  }

  private void learn(int type, Bytes set) {
    try {
      switch (type) {
        case H265Nal.VPS -> learnVps(behindHeader(set).intBits(4), set);
        case H265Nal.SPS -> learnSps(H265Sps.parse(set).id(), set);
        default -> learnPps(behindHeader(set).ue(63), set);
      }
    } catch (VmsException malformed) {
      return; // it stays in the sample, but nothing can be learned from it
    }
  }

  private void learnVps(int id, Bytes set) {
    if (!vpsById.holds(id, set)) {
      if (!vpsChanged) {
        vpsById.clear();
        vpsChanged = true;
      }
      vpsById.put(id, set);
      setsChanged = true;
    }
  }

  private void learnSps(int id, Bytes set) {
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

  private void learnPps(int id, Bytes set) {
    if (!ppsById.holds(id, set)) {
      ppsById.put(id, set);
      setsChanged = true;
    }
  }

  private static BitReader behindHeader(Bytes set) {
    byte[] data = set.toByteArray();
    int length = Math.min(data.length - H265Nal.HEADER_BYTES, PPS_PROBE_BYTES);
    return new BitReader(NalUnits.rbsp(data, H265Nal.HEADER_BYTES, length));
  }

  private VideoParameters build() {
    HevcConfig config = new HevcConfig(vpsById.all(), spsById.all(), ppsById.all());
    H265Sps sps = H265Sps.parse(config.sps().getFirst());
    return new VideoParameters(
        new TrackFormat.Video(
            Codec.H265,
            VideoParameters.CLOCK_RATE,
            config.encode(),
            sps.width(),
            sps.height(),
            config.codecString()),
        sps.reorderDepth(),
        VideoParameters.frameTicks(sps.unitsInTick(), sps.timeScale()));
  }
}
