package kg.sakchy.media.mp4;

import kg.sakchy.core.unit.Bytes;

/**
 * What an {@code esds} box says of its codec (ISO/IEC 14496-1 §7.2.6.5, §7.2.6.6).
 *
 * @param objectType objectTypeIndication
 * @param config DecoderSpecificInfo, or empty
 */
record ElementaryStream(int objectType, Bytes config) {
  /** ISO/IEC 14496-3 audio. */
  static final int AAC = 0x40;

  /** ISO/IEC 10918-1 pictures. */
  static final int JPEG = 0x6C;

  private static final int ES_DESCRIPTOR = 0x03;
  private static final int DECODER_CONFIG = 0x04;
  private static final int DECODER_SPECIFIC_INFO = 0x05;
  private static final int SL_CONFIG = 0x06;
  private static final int SL_CONFIG_OF_MP4 = 0x02;
  private static final int DECODER_CONFIG_BYTES = 13;

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
    if (length <= DECODER_CONFIG_BYTES) {
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

  /**
   * Writes the descriptors behind version and flags. Buffer size and bit rates are left 0, which is
   * unknown.
   *
   * @param streamType the byte that holds streamType
   */
  void write(BoxWriter esds, int streamType) {
    int specific = config.isEmpty() ? 0 : 1 + lengthBytes(config.size()) + config.size();
    int decoder = DECODER_CONFIG_BYTES + specific;
    esds.u32(0);
    tag(esds, ES_DESCRIPTOR, 3 + 1 + lengthBytes(decoder) + decoder + 3);
    esds.u16(0).u8(0);
    tag(esds, DECODER_CONFIG, decoder);
    esds.u8(objectType).u8(streamType).zeros(11);
    if (specific > 0) {
      tag(esds, DECODER_SPECIFIC_INFO, config.size());
      esds.bytes(config.asByteBuffer());
    }
    tag(esds, SL_CONFIG, 1);
    esds.u8(SL_CONFIG_OF_MP4);
  }

  private static void tag(BoxWriter out, int tag, int length) {
    out.u8(tag);
    for (int left = lengthBytes(length) - 1; left >= 0; left--) {
      out.u8((length >> (7 * left) & 0x7F) | (left > 0 ? 0x80 : 0));
    }
  }

  /** How many bytes of seven bits a length takes. */
  private static int lengthBytes(int length) {
    int bytes = 1;
    while (length >> (7 * bytes) > 0) {
      bytes++;
    }
    return bytes;
  }
}
