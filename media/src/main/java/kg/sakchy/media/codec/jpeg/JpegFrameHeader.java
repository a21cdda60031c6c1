package kg.sakchy.media.codec.jpeg;

import java.nio.ByteBuffer;

/**
 * What all packets of a JPEG frame say of it (RFC 2435 §3.1), and the JPEG header made of it.
 *
 * @param type without the restart bit: 0 is 4:2:2, 1 is 4:2:0
 * @param quality Q, 1 to 255
 * @param width in pixels
 * @param height in pixels
 * @param restartInterval in MCUs, 0 for none
 */
record JpegFrameHeader(int type, int quality, int width, int height, int restartInterval) {
  private static final int HEADER_ROOM = 1024;

  /**
   * The JPEG file up to the scan data: SOI, DQT, SOF0, DHT, DRI if there are restarts, SOS (RFC
   * 2435 appendix B).
   *
   * @param tables luma and chroma quantization tables one after another
   * @param precision bit i is set if table i has 16 bits an entry
   */
  byte[] toJpeg(byte[] tables, int precision) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_ROOM);
    out.putShort((short) 0xffd8);
    int tableCount = quantization(out, tables, precision);
    out.putShort((short) 0xffc0).putShort((short) 17).put((byte) 8);
    out.putShort((short) height).putShort((short) width).put((byte) 3);
    component(out, 1, type == 0 ? 0x21 : 0x22, 0);
    component(out, 2, 0x11, tableCount - 1);
    component(out, 3, 0x11, tableCount - 1);
    out.put(JpegTables.huffmanSegments());
    if (restartInterval > 0) {
      out.putShort((short) 0xffdd).putShort((short) 4).putShort((short) restartInterval);
    }
    out.putShort((short) 0xffda).putShort((short) 12).put((byte) 3);
    out.put((byte) 1).put((byte) 0x00).put((byte) 2).put((byte) 0x11).put((byte) 3);
    out.put((byte) 0x11).put((byte) 0).put((byte) 63).put((byte) 0);
    byte[] header = new byte[out.position()];
    out.flip().get(header);
    return header;
  }

  /** Writes a DQT segment for each table, at most 2; returns how many there are. */
  private static int quantization(ByteBuffer out, byte[] tables, int precision) {
    int at = 0;
    int count = 0;
    while (count < 2 && at < tables.length) {
      int wide = precision >> count & 1;
      int size = JpegTables.TABLE_BYTES << wide;
      out.putShort((short) 0xffdb).putShort((short) (3 + size));
      out.put((byte) (wide << 4 | count)).put(tables, at, size);
      at += size;
      count++;
    }
    return count;
  }

  /** Whether tables of that many bytes are one or two whole ones. */
  static boolean isTableSize(int bytes, int precision) {
    int first = JpegTables.TABLE_BYTES << (precision & 1);
    int second = JpegTables.TABLE_BYTES << (precision >> 1 & 1);
    return bytes == first || bytes == first + second;
  }

  private static void component(ByteBuffer out, int id, int sampling, int table) {
    out.put((byte) id).put((byte) sampling).put((byte) table);
  }
}
