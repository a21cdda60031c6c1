package kg.sakchy.media.codec.h264;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.BitReader;
import kg.sakchy.media.codec.NalUnits;

/**
 * What a sequence parameter set says (ITU-T H.264 §7.3.2.1.1 and annex E), as far as a recorder
 * needs it.
 *
 * <p>Usability information that ends early is taken as absent: cameras cut it off, and the picture
 * size before it is good.
 *
 * @param id seq_parameter_set_id, 0 to 31
 * @param profile profile_idc
 * @param constraints the byte of constraint flags
 * @param level level_idc
 * @param chromaFormat chroma_format_idc, 0 to 3
 * @param bitDepthLuma 8 to 14
 * @param bitDepthChroma 8 to 14
 * @param width luma samples after cropping
 * @param height luma samples after cropping
 * @param reorderDepth max_num_reorder_frames, 0 to 16; 0 if not announced
 * @param unitsInTick num_units_in_tick, 0 if not announced; a frame lasts two ticks
 * @param timeScale time_scale, 0 if not announced
 */
public record H264Sps(
    int id,
    int profile,
    int constraints,
    int level,
    int chromaFormat,
    int bitDepthLuma,
    int bitDepthChroma,
    int width,
    int height,
    int reorderDepth,
    long unitsInTick,
    long timeScale) {
  private static final int MAX_MACROBLOCKS_A_SIDE = 1024;

  /**
   * Reads a NAL unit of type 7, header included.
   *
   * @throws VmsException DATA_LOSS if it is malformed
   */
  public static H264Sps parse(Bytes nal) {
    byte[] data = nal.toByteArray();
    return new Reader(new BitReader(NalUnits.rbsp(data, 0, data.length))).read();
  }

  /** Whether avcC carries chroma format and bit depths for a profile (ISO/IEC 14496-15). */
  static boolean isHighProfile(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  /** Reads in the order of the syntax tables. */
  private static final class Reader {
    private final BitReader in;
    private int chromaFormat = 1;
    private boolean separatePlanes;
    private int bitDepthLuma = 8;
    private int bitDepthChroma = 8;
    private int reorderDepth;
    private long unitsInTick;
    private long timeScale;

    Reader(BitReader in) {
      this.in = in;
    }

    H264Sps read() {
      if (H264Nal.type(in.intBits(8)) != H264Nal.SPS) {
        throw new VmsException(ErrorKind.DATA_LOSS, "not a sequence parameter set");
      }
      int profile = in.intBits(8);
      int constraints = in.intBits(8);
      int level = in.intBits(8);
      int id = in.ue(31);
      if (isHighProfile(profile)) {
        highProfile();
      }
      in.ue(12); // log2_max_frame_num_minus4
      int orderType = pictureOrder();
      in.ue(255); // max_num_ref_frames
      in.skip(1); // gaps_in_frame_num_value_allowed_flag
      int widthMacroblocks = in.ue(MAX_MACROBLOCKS_A_SIDE - 1) + 1;
      int heightUnits = in.ue(MAX_MACROBLOCKS_A_SIDE - 1) + 1;
      boolean framesOnly = in.flag();
      if (!framesOnly) {
        in.skip(1); // mb_adaptive_frame_field_flag
      }
      in.skip(1); // direct_8x8_inference_flag
      int fieldFactor = framesOnly ? 1 : 2;
      int width = 16 * widthMacroblocks;
      int height = 16 * heightUnits * fieldFactor;
      if (in.flag()) {
        boolean subsampled = !separatePlanes && chromaFormat != 0;
        int unitX = subsampled && chromaFormat < 3 ? 2 : 1;
        int unitY = (subsampled && chromaFormat == 1 ? 2 : 1) * fieldFactor;
        width -= unitX * (in.ue(width) + in.ue(width));
        height -= unitY * (in.ue(height) + in.ue(height));
      }
      if (width <= 0 || height <= 0) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a picture of " + width + "x" + height);
      }
      usability();
      return new H264Sps(
          id,
          profile,
          constraints,
          level,
          chromaFormat,
          bitDepthLuma,
          bitDepthChroma,
          width,
          height,
          orderType == 2 ? 0 : reorderDepth,
          unitsInTick,
          timeScale);
    }

    private void highProfile() {
      chromaFormat = in.ue(3);
      if (chromaFormat == 3) {
        separatePlanes = in.flag();
      }
      bitDepthLuma = 8 + in.ue(6);
      bitDepthChroma = 8 + in.ue(6);
      in.skip(1); // qpprime_y_zero_transform_bypass_flag
      if (in.flag()) {
        int lists = chromaFormat == 3 ? 12 : 8;
        for (int i = 0; i < lists; i++) {
          if (in.flag()) {
            scalingList(i < 6 ? 16 : 64);
          }
        }
      }
    }

    /** §7.3.2.1.1.1. */
    private void scalingList(int size) {
      long last = 8;
      long next = 8;
      for (int i = 0; i < size && next != 0; i++) {
        next = Math.floorMod(last + in.se(), 256);
        last = next == 0 ? last : next;
      }
    }

    private int pictureOrder() {
      int type = in.ue(2);
      if (type == 0) {
        in.ue(12); // log2_max_pic_order_cnt_lsb_minus4
      } else if (type == 1) {
        in.skip(1);
        in.skipUe();
        in.skipUe();
        int cycle = in.ue(255);
        for (int i = 0; i < cycle; i++) {
          in.skipUe();
        }
      }
      return type;
    }

    private void usability() {
      try {
        if (in.flag()) {
          usabilityParameters();
        }
      } catch (VmsException cutOff) {
        reorderDepth = 0;
      }
    }

    /** §E.1.1. */
    private void usabilityParameters() {
      if (in.flag() && in.bits(8) == 255) {
        in.skip(32); // sar_width, sar_height
      }
      if (in.flag()) {
        in.skip(1); // overscan_appropriate_flag
      }
      if (in.flag()) {
        in.skip(4); // video_format, video_full_range_flag
        if (in.flag()) {
          in.skip(24);
        }
      }
      if (in.flag()) {
        in.skipUe();
        in.skipUe();
      }
      if (in.flag()) {
        unitsInTick = in.bits(32);
        timeScale = in.bits(32);
        in.skip(1); // fixed_frame_rate_flag
      }
      boolean nalHrd = in.flag();
      if (nalHrd) {
        hypotheticalDecoder();
      }
      boolean vclHrd = in.flag();
      if (vclHrd) {
        hypotheticalDecoder();
      }
      if (nalHrd || vclHrd) {
        in.skip(1); // low_delay_hrd_flag
      }
      in.skip(1); // pic_struct_present_flag
      if (in.flag()) {
        in.skip(1); // motion_vectors_over_pic_boundaries_flag
        for (int i = 0; i < 4; i++) {
          in.skipUe();
        }
        reorderDepth = in.ue(16);
      }
    }

    /** §E.1.2. */
    private void hypotheticalDecoder() {
      int count = in.ue(31) + 1;
      in.skip(8);
      for (int i = 0; i < count; i++) {
        in.skipUe();
        in.skipUe();
        in.skip(1);
      }
      in.skip(20);
    }
  }
}
