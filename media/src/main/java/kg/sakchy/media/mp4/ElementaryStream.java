package kg.sakchy.media.mp4;

import kg.sakchy.core.unit.Bytes;

/**
 * What an {@code esds} box says of its codec (ISO/IEC 14496-1 §7.2.6.5, §7.2.6.6).
 *
 * @param objectType objectTypeIndication
 * @param config DecoderSpecificInfo, or empty
 */
record ElementaryStream(int objectType, Bytes config) {
  private static final int ES_DESCRIPTOR = 0x03;
  private static final int DECODER_CONFIG = 0x04;
  private static final int DECODER_SPECIFIC_INFO = 0x05;

  static ElementaryStream parse(BoxFields esds) {
    esds.skip(4);
    descriptor(esds, ES_DESCRIPTOR);
    esds.skip(2);
    int flags = esds.u8();
    esds.skip((flags & 0x80) != 0 ? 2 : 0);
    if ((flags & 0x40) != 0) {
      esds.skip(esds.u8());
    }
    esds.skip((flags & 0x20) != 0 ? 2 : 0);
    int length = descriptor(esds, DECODER_CONFIG);
    int objectType = esds.u8();
    esds.skip(12);
    if (length <= 13) {
      return new ElementaryStream(objectType, Bytes.EMPTY);
    }
    int configLength = descriptor(esds, DECODER_SPECIFIC_INFO);
    return new ElementaryStream(objectType, Bytes.copyOf(esds.bytes(configLength)));
  }

  /** Reads a descriptor's tag and its length of up to four bytes of seven bits. */
  private static int descriptor(BoxFields in, int tag) {
    if (in.u8() != tag) {
      throw Mp4Errors.malformed("an esds box without descriptor " + tag);
    }
    int length = 0;
    for (int i = 0; i < 4; i++) {
      int next = in.u8();
      length = (length << 7) | (next & 0x7F);
      if ((next & 0x80) == 0) {
        break;
      }
    }
    return length;
  }
}
