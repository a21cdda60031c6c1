package kg.sakchy.media.codec.h265;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.BitReader;
import kg.sakchy.media.codec.NalUnits;

/**
 * What a sequence parameter set says (ITU-T H.265 §7.3.2.2 and annex E), as far as a recorder needs
 * it.
 *
 * <p>What follows the reorder depth (reference picture sets, usability information) may end early;
 * what it would have said is then absent.
 *
 * @param id sps_seq_parameter_set_id, 0 to 15
 * @param profileByte general_profile_space, general_tier_flag and general_profile_idc in a byte
 * @param compatibility the 32 general_profile_compatibility_flags
 * @param constraints the 48 bits of constraint flags
 * @param level general_level_idc
 * @param temporalLayers 1 to 7
 * @param temporalNesting sps_temporal_id_nesting_flag
 * @param chromaFormat chroma_format_idc, 0 to 3
 * @param bitDepthLuma 8 to 16
 * @param bitDepthChroma 8 to 16
 * @param width luma samples in the conformance window
 * @param height luma samples in the conformance window
 * @param reorderDepth sps_max_num_reorder_pics of all layers, 0 to 15
 * @param unitsInTick vui_num_units_in_tick, 0 if not announced; a frame lasts one tick
 * @param timeScale vui_time_scale, 0 if not announced
 * @param minSpatialSegmentation min_spatial_segmentation_idc, 0 if not announced
 */
public record H265Sps(
    int id,
    int profileByte,
    long compatibility,
    long constraints,
    int level,
    int temporalLayers,
    boolean temporalNesting,
    int chromaFormat,
    int bitDepthLuma,
    int bitDepthChroma,
    int width,
    int height,
    int reorderDepth,
    long unitsInTick,
    long timeScale,
    int minSpatialSegmentation) {
  private static final int MAX_SIDE = 16_888; // level 6.2, §A.4.1

  /**
   * Reads a NAL unit of type 33, header included.
   *
   * @throws VmsException DATA_LOSS if it is malformed
   */
  public static H265Sps parse(Bytes nal) {
    byte[] data = nal.toByteArray();
    return new Reader(new BitReader(NalUnits.rbsp(data, 0, data.length))).read();
  }

  /** Reads in the order of the syntax tables. */
  private static final class Reader {
    private final BitReader in;
    private int maxSubLayersMinus1;
    private int width;
    private int height;
    private int reorderDepth;
    private long unitsInTick;
    private long timeScale;
    private int minSpatialSegmentation;

    Reader(BitReader in) {
      this.in = in;
    }

    /** Flat: one line a syntax element. */
    H265Sps read() {
      if (H265Nal.type(in.intBits(16) >> 8) != H265Nal.SPS) {
        throw new VmsException(ErrorKind.DATA_LOSS, "not a sequence parameter set");
      }
      in.skip(4); // sps_video_parameter_set_id
      maxSubLayersMinus1 = in.intBits(3);
      if (maxSubLayersMinus1 > 6) {
        throw new VmsException(ErrorKind.DATA_LOSS, "8 temporal layers");
      }
      boolean temporalNesting = in.flag();
      int profileByte = in.intBits(8);
      long compatibility = in.bits(32);
      long constraints = in.bits(24) << 24 | in.bits(24);
      int level = in.intBits(8);
      subLayerLevels();
      int id = in.ue(15);
      int chromaFormat = in.ue(3);
      boolean separatePlanes = chromaFormat == 3 && in.flag();
      pictureSize(separatePlanes ? 0 : chromaFormat);
      int bitDepthLuma = 8 + in.ue(8);
      int bitDepthChroma = 8 + in.ue(8);
      int orderLsbBits = 4 + in.ue(12);
      boolean eachLayer = in.flag();
      for (int i = eachLayer ? 0 : maxSubLayersMinus1; i <= maxSubLayersMinus1; i++) {
        in.ue(15); // sps_max_dec_pic_buffering_minus1
        reorderDepth = Math.max(reorderDepth, in.ue(15));
        in.skipUe(); // sps_max_latency_increase_plus1
      }
      rest(orderLsbBits);
      return new H265Sps(
          id,
          profileByte,
          compatibility,
          constraints,
          level,
          maxSubLayersMinus1 + 1,
          temporalNesting,
          chromaFormat,
          bitDepthLuma,
          bitDepthChroma,
          width,
          height,
          reorderDepth,
          unitsInTick,
          timeScale,
          minSpatialSegmentation);
    }

    /** The end of profile_tier_level, §7.3.3. */
    private void subLayerLevels() {
      int profiles = 0;
      int levels = 0;
      for (int i = 0; i < maxSubLayersMinus1; i++) {
        profiles += in.intBits(1);
        levels += in.intBits(1);
      }
      if (maxSubLayersMinus1 > 0) {
        in.skip(2 * (8 - maxSubLayersMinus1));
      }
      in.skip(88 * profiles + 8 * levels);
    }

    private void pictureSize(int chromaArrayType) {
      width = in.ue(MAX_SIDE);
      height = in.ue(MAX_SIDE);
      if (in.flag()) {
        int unitX = chromaArrayType == 1 || chromaArrayType == 2 ? 2 : 1;
        int unitY = chromaArrayType == 1 ? 2 : 1;
        width -= unitX * (in.ue(MAX_SIDE) + in.ue(MAX_SIDE));
        height -= unitY * (in.ue(MAX_SIDE) + in.ue(MAX_SIDE));
      }
      if (width <= 0 || height <= 0) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a picture of " + width + "x" + height);
      }
    }

    private void rest(int orderLsbBits) {
      try {
        codingTools(orderLsbBits);
        if (in.flag()) {
          usability();
        }
      } catch (VmsException cutOff) {
        minSpatialSegmentation = 0;
      }
    }

    private void codingTools(int orderLsbBits) {
      for (int i = 0; i < 6; i++) {
        in.skipUe(); // sizes of coding and transform blocks, depths of transform hierarchies
      }
      boolean scaling = in.flag();
      if (scaling && in.flag()) {
        scalingLists();
      }
      in.skip(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
      if (in.flag()) {
        in.skip(8);
        in.skipUe();
        in.skipUe();
        in.skip(1);
      }
      shortTermReferenceSets();
      if (in.flag()) {
        int count = in.ue(32);
        in.skip(count * (orderLsbBits + 1));
      }
      in.skip(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
    }

    /** §7.3.4. */
    private void scalingLists() {
      for (int size = 0; size < 4; size++) {
        for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
          if (!in.flag()) {
            in.skipUe();
            continue;
          }
          if (size > 1) {
            in.se();
          }
          int coefficients = Math.min(64, 1 << (4 + (size << 1)));
          for (int i = 0; i < coefficients; i++) {
            in.se();
          }
        }
      }
    }

    /** §7.3.7. */
    private void shortTermReferenceSets() {
      int sets = in.ue(64);
      int pictures = 0;
      for (int set = 0; set < sets; set++) {
        if (set > 0 && in.flag()) {
          in.skip(1);
          in.skipUe();
          int kept = 0;
          for (int i = 0; i <= pictures; i++) {
            boolean used = in.flag();
            kept += used || in.flag() ? 1 : 0;
          }
          pictures = kept;
        } else {
          pictures = in.ue(16) + in.ue(16);
          for (int i = 0; i < pictures; i++) {
            in.skipUe();
            in.skip(1);
          }
        }
      }
    }

    /** §E.2.1. */
    private void usability() {
      if (in.flag() && in.bits(8) == 255) {
        in.skip(32);
      }
      if (in.flag()) {
        in.skip(1);
      }
      if (in.flag()) {
        in.skip(4);
        if (in.flag()) {
          in.skip(24);
        }
      }
      if (in.flag()) {
        in.skipUe();
        in.skipUe();
      }
      in.skip(3); // neutral_chroma_indication, field_seq, frame_field_info_present
      if (in.flag()) {
        for (int i = 0; i < 4; i++) {
          in.skipUe(); // default display window
        }
      }
      if (in.flag()) {
        unitsInTick = in.bits(32);
        timeScale = in.bits(32);
        if (in.flag()) {
          in.skipUe();
        }
        if (in.flag()) {
          hypotheticalDecoder();
        }
      }
      if (in.flag()) {
        in.skip(3);
        minSpatialSegmentation = in.ue(4095);
      }
    }

    /** §E.2.2 with commonInfPresentFlag 1. */
    private void hypotheticalDecoder() {
      boolean nal = in.flag();
      boolean vcl = in.flag();
      boolean subPictures = false;
      if (nal || vcl) {
        subPictures = in.flag();
        if (subPictures) {
          in.skip(19);
        }
        in.skip(8);
        if (subPictures) {
          in.skip(4);
        }
        in.skip(15);
      }
      for (int layer = 0; layer <= maxSubLayersMinus1; layer++) {
        boolean fixedGeneral = in.flag();
        boolean fixedWithin = fixedGeneral || in.flag();
        boolean lowDelay = false;
        if (fixedWithin) {
          in.skipUe();
        } else {
          lowDelay = in.flag();
        }
        int buffers = lowDelay ? 1 : in.ue(31) + 1;
        subLayerDecoder((nal ? buffers : 0) + (vcl ? buffers : 0), subPictures);
      }
    }

    /** §E.2.3. */
    private void subLayerDecoder(int buffers, boolean subPictures) {
      for (int i = 0; i < buffers; i++) {
        for (int j = 0; j < (subPictures ? 4 : 2); j++) {
          in.skipUe();
        }
        in.skip(1);
      }
    }
  }
}
