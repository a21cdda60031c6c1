package kg.sakchy.media.codec.h264;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * AVCDecoderConfigurationRecord, the content of {@code avcC} (ISO/IEC 14496-15 §5.3.3.1):
 *
 * <pre>
 * 1  version = 1
 * 1  profile, 1 constraint flags, 1 level (bytes 1 to 3 of the first SPS)
 * 1  111111b, 2 bits NAL length size - 1
 * 1  111b, 5 bits number of SPS; each: 2 length, NAL unit
 * 1  number of PPS;              each: 2 length, NAL unit
 * only for the high profiles:
 * 1  111111b, 2 bits chroma_format_idc
 * 1  11111b, 3 bits luma depth - 8;  1  11111b, 3 bits chroma depth - 8
 * 1  number of SPS extensions = 0
 * </pre>
 *
 * @param sps sequence parameter sets with their NAL headers, 1 to 31
 * @param pps picture parameter sets with their NAL headers, 0 to 255
 */
public record AvcConfig(List<Bytes> sps, List<Bytes> pps) {
  public AvcConfig {
    sps = List.copyOf(sps);
    pps = List.copyOf(pps);
    if (sps.isEmpty() || sps.size() > 31 || pps.size() > 255 || sps.getFirst().size() < 4) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, sps.size() + " SPS and " + pps.size() + " PPS make no avcC");
    }
  }

  /**
   * Reads an {@code avcC} without its box header.
   *
   * @throws VmsException DATA_LOSS if it is malformed, UNSUPPORTED if its NAL lengths are not of 4
   *     bytes
   */
  public static AvcConfig decode(Bytes avcC) {
    ByteBuffer in = avcC.asByteBuffer();
    if (in.remaining() < 7 || in.get(0) != 1) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a malformed avcC").with("avcC", avcC);
    }
    if ((in.get(4) & 3) != 3) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "NAL lengths not of 4 bytes");
    }
    in.position(5);
    List<Bytes> sps = readSets(in, in.get() & 0x1f);
    if (!in.hasRemaining()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a malformed avcC").with("avcC", avcC);
    }
    return new AvcConfig(sps, readSets(in, in.get() & 0xff));
  }

  /** The record as bytes. */
  public Bytes encode() {
    H264Sps parsed = H264Sps.parse(sps.getFirst());
    int size = 11;
    for (Bytes set : sps) {
      size += 2 + set.size();
    }
    for (Bytes set : pps) {
      size += 2 + set.size();
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put((byte) 1);
    out.put((byte) parsed.profile()).put((byte) parsed.constraints()).put((byte) parsed.level());
    out.put((byte) 0xff);
    out.put((byte) (0xe0 | sps.size()));
    writeSets(out, sps);
    out.put((byte) pps.size());
    writeSets(out, pps);
    if (H264Sps.isHighProfile(parsed.profile())) {
      out.put((byte) (0xfc | parsed.chromaFormat()));
      out.put((byte) (0xf8 | (parsed.bitDepthLuma() - 8)));
      out.put((byte) (0xf8 | (parsed.bitDepthChroma() - 8)));
      out.put((byte) 0);
    }
    return Bytes.copyOf(out.flip());
  }

  /** RFC 6381 string, for example {@code avc1.64001f}. */
  public String codecString() {
    Bytes first = sps.getFirst();
    return "avc1.%02x%02x%02x".formatted(first.at(1), first.at(2), first.at(3));
  }

  /**
   * What a session description says of the stream: {@code packetization-mode}, {@code
   * profile-level-id}, {@code sprop-parameter-sets} (RFC 6184 §8.2.1).
   */
  public String formatParameters() {
    String sets =
        Stream.concat(sps.stream(), pps.stream())
            .map(set -> Base64.getEncoder().encodeToString(set.toByteArray()))
            .collect(Collectors.joining(","));
    return "packetization-mode=1;profile-level-id="
        + codecString().substring("avc1.".length())
        + ";sprop-parameter-sets="
        + sets;
  }

  private static List<Bytes> readSets(ByteBuffer in, int count) {
    List<Bytes> sets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = in.remaining() < 2 ? Integer.MAX_VALUE : in.getShort() & 0xffff;
      if (length > in.remaining()) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a parameter set longer than its avcC");
      }
      sets.add(Bytes.copyOf(in.slice(in.position(), length)));
      in.position(in.position() + length);
    }
    return sets;
  }

  private static void writeSets(ByteBuffer out, List<Bytes> sets) {
    for (Bytes set : sets) {
      out.putShort((short) set.size()).put(set.asByteBuffer());
    }
  }
}
