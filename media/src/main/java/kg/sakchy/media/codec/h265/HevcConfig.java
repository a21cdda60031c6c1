package kg.sakchy.media.codec.h265;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * HEVCDecoderConfigurationRecord, the content of {@code hvcC} (ISO/IEC 14496-15 §8.3.3.1):
 *
 * <pre>
 *  1  version = 1
 *  1  profile space, tier, profile;  4 compatibility flags;  6 constraint flags;  1 level
 *  2  1111b, 12 bits min_spatial_segmentation_idc
 *  1  111111b, 2 bits parallelism type = 0 (unknown)
 *  1  111111b, 2 bits chroma format;  1 11111b, luma depth - 8;  1 11111b, chroma depth - 8
 *  2  average frame rate = 0 (unknown)
 *  1  constant frame rate = 0, 3 bits temporal layers, temporal nesting, NAL length size - 1
 *  1  number of arrays; each: 1 completeness = 1, 0b, 6 bits NAL type; 2 count; each: 2 length, NAL
 * </pre>
 *
 * @param vps video parameter sets with their NAL headers, 1 to 16
 * @param sps sequence parameter sets, 1 to 16
 * @param pps picture parameter sets, 1 to 64
 */
public record HevcConfig(List<Bytes> vps, List<Bytes> sps, List<Bytes> pps) {
  private static final int FIXED_BYTES = 23;

  public HevcConfig {
    vps = List.copyOf(vps);
    sps = List.copyOf(sps);
    pps = List.copyOf(pps);
    if (vps.isEmpty() || sps.isEmpty() || pps.isEmpty()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "an hvcC without VPS, SPS or PPS");
    }
  }

  /**
   * Reads an {@code hvcC} without its box header; arrays of other NAL units are skipped.
   *
   * @throws VmsException DATA_LOSS if it is malformed, UNSUPPORTED if its NAL lengths are not of 4
   *     bytes
   */
  public static HevcConfig decode(Bytes hvcC) {
    ByteBuffer in = hvcC.asByteBuffer();
    if (in.remaining() < FIXED_BYTES || in.get(0) != 1) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a malformed hvcC").with("hvcC", hvcC);
    }
    if ((in.get(21) & 3) != 3) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "NAL lengths not of 4 bytes");
    }
    List<Bytes> vps = new ArrayList<>();
    List<Bytes> sps = new ArrayList<>();
    List<Bytes> pps = new ArrayList<>();
    int arrays = in.get(22) & 0xff;
    in.position(FIXED_BYTES);
    for (int i = 0; i < arrays; i++) {
      require(in, 3);
      int type = in.get() & 0x3f;
      int count = in.getShort() & 0xffff;
      for (int j = 0; j < count; j++) {
        Bytes set = readSet(in);
        switch (type) {
          case H265Nal.VPS -> vps.add(set);
          case H265Nal.SPS -> sps.add(set);
          case H265Nal.PPS -> pps.add(set);
          default -> {
            // declarative SEI; not part of this record
          }
        }
      }
    }
    return new HevcConfig(vps, sps, pps);
  }

  private static Bytes readSet(ByteBuffer in) {
    require(in, 2);
    int length = in.getShort() & 0xffff;
    require(in, length);
    Bytes set = Bytes.copyOf(in.slice(in.position(), length));
    in.position(in.position() + length);
    return set;
  }

  private static void require(ByteBuffer in, int bytes) {
    if (in.remaining() < bytes) {
      throw new VmsException(ErrorKind.DATA_LOSS, "an hvcC that ends early");
    }
  }

  /** The record as bytes. */
  public Bytes encode() {
    H265Sps parsed = H265Sps.parse(sps.getFirst());
    int size = FIXED_BYTES + arrayBytes(vps) + arrayBytes(sps) + arrayBytes(pps);
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put((byte) 1);
    out.put((byte) parsed.profileByte());
    out.putInt((int) parsed.compatibility());
    out.putShort((short) (parsed.constraints() >> 32)).putInt((int) parsed.constraints());
    out.put((byte) parsed.level());
    out.putShort((short) (0xf000 | parsed.minSpatialSegmentation()));
    out.put((byte) 0xfc);
    out.put((byte) (0xfc | parsed.chromaFormat()));
    out.put((byte) (0xf8 | (parsed.bitDepthLuma() - 8)));
    out.put((byte) (0xf8 | (parsed.bitDepthChroma() - 8)));
    out.putShort((short) 0);
    out.put((byte) (parsed.temporalLayers() << 3 | (parsed.temporalNesting() ? 4 : 0) | 3));
    out.put((byte) 3);
    writeArray(out, H265Nal.VPS, vps);
    writeArray(out, H265Nal.SPS, sps);
    writeArray(out, H265Nal.PPS, pps);
    return Bytes.copyOf(out.flip());
  }

  private static int arrayBytes(List<Bytes> sets) {
    int size = 3;
    for (Bytes set : sets) {
      size += 2 + set.size();
    }
    return size;
  }

  /**
   * What a session description says of the stream: {@code sprop-vps}, {@code sprop-sps}, {@code
   * sprop-pps} (RFC 7798 §7.1).
   */
  public String formatParameters() {
    return "sprop-vps=" + base64(vps) + ";sprop-sps=" + base64(sps) + ";sprop-pps=" + base64(pps);
  }

  private static String base64(List<Bytes> sets) {
    return sets.stream()
        .map(set -> Base64.getEncoder().encodeToString(set.toByteArray()))
        .collect(Collectors.joining(","));
  }

  private static void writeArray(ByteBuffer out, int type, List<Bytes> sets) {
    out.put((byte) (0x80 | type)).putShort((short) sets.size());
    for (Bytes set : sets) {
      out.putShort((short) set.size()).put(set.asByteBuffer());
    }
  }

  /** RFC 6381 string (ISO/IEC 14496-15 §E.3), for example {@code hvc1.1.6.L93.B0}. */
  public String codecString() {
    H265Sps parsed = H265Sps.parse(sps.getFirst());
    int space = parsed.profileByte() >> 6;
    StringBuilder text = new StringBuilder("hvc1.");
    text.append(space == 0 ? "" : String.valueOf((char) ('A' + space - 1)));
    text.append(parsed.profileByte() & 0x1f).append('.');
    int reversed = Integer.reverse((int) parsed.compatibility());
    text.append(Integer.toHexString(reversed).toUpperCase(Locale.ROOT)).append('.');
    text.append((parsed.profileByte() & 0x20) == 0 ? 'L' : 'H').append(parsed.level());
    long flags = parsed.constraints() << 16;
    while (flags != 0) {
      text.append('.').append(Long.toHexString(flags >>> 56).toUpperCase(Locale.ROOT));
      flags <<= 8;
    }
    return text.toString();
  }
}
