package kg.sakchy.media.codec.h264;

/** NAL unit types of ITU-T H.264 table 7-1 and RFC 6184 table 1, as far as they matter here. */
final class H264Nal {
  static final int SLICE = 1;
  static final int PARTITION_A = 2;
  static final int IDR = 5;
  static final int SEI = 6;
  static final int SPS = 7;
  static final int PPS = 8;
  static final int AUD = 9;
  static final int SPS_EXTENSION = 13;
  static final int PREFIX = 14;
  static final int SUBSET_SPS = 15;
  static final int LAST_SINGLE = 23;
  static final int STAP_A = 24;
  static final int STAP_B = 25;
  static final int FU_A = 28;
  static final int FU_B = 29;

  private H264Nal() {}

  static int type(int firstByte) {
    return firstByte & 0x1f;
  }

  static boolean isSlice(int type) {
    return type >= SLICE && type <= IDR;
  }
}
