package kg.sakchy.media.codec.h265;

/** NAL unit types of ITU-T H.265 table 7-1 and RFC 7798 §4.4, as far as they matter here. */
final class H265Nal {
  static final int TRAIL_R = 1;
  static final int FIRST_IRAP = 16;
  static final int IDR_W_RADL = 19;
  static final int CRA = 21;
  static final int LAST_IRAP = 23;
  static final int LAST_SLICE = 31;
  static final int VPS = 32;
  static final int SPS = 33;
  static final int PPS = 34;
  static final int AUD = 35;
  static final int PREFIX_SEI = 39;
  static final int LAST_SINGLE = 47;
  static final int AGGREGATE = 48;
  static final int FRAGMENT = 49;
  static final int PACI = 50;

  /** Size of the NAL unit header. */
  static final int HEADER_BYTES = 2;

  private H265Nal() {}

  static int type(int firstByte) {
    return firstByte >> 1 & 0x3f;
  }

  /** nuh_layer_id; 0 is the base layer, the only one that cameras send. */
  static int layer(int firstByte, int secondByte) {
    return (firstByte & 1) << 5 | (secondByte & 0xff) >> 3;
  }

  static boolean isIrap(int type) {
    return type >= FIRST_IRAP && type <= LAST_IRAP;
  }
}
