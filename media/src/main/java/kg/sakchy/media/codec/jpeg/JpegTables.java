package kg.sakchy.media.codec.jpeg;

import java.util.HexFormat;

/**
 * The standard tables of JPEG (ITU-T T.81 annex K), which RFC 2435 leaves out of packets. Threads:
 * pure functions.
 */
final class JpegTables {
  /** Bytes of a quantization table with 8 bits an entry. */
  static final int TABLE_BYTES = 64;

  /** Tables K.1 and K.2 in the zigzag order of a DQT segment (RFC 2435 appendix A). */
  private static final int[] LUMA = {
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
    29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
    95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99
  };

  private static final int[] CHROMA = {
    17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99
  };

  private static final int CHROMA_REST = 99;

  /** Tables K.3 to K.6 as DHT segments, marker included: DC luma, AC luma, DC chroma, AC chroma. */
  private static final byte[] HUFFMAN =
      HexFormat.of()
          .parseHex(
              "ffc4001f0000010501010101010100000000000000000102030405060708090a0b"
                  + "ffc400b5100002010303020403050504040000017d"
                  + "010203000411051221314106135161072271143281"
                  + "91a1082342b1c11552d1f02433627282090a161718191a25262728292a34353637"
                  + "38393a434445464748494a535455565758595a636465666768696a737475767778"
                  + "797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6"
                  + "b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1"
                  + "f2f3f4f5f6f7f8f9fa"
                  + "ffc4001f0100030101010101010101010000000000000102030405060708090a0b"
                  + "ffc400b51100020102040403040705040400010277"
                  + "000102031104052131061241510761711322328108144291a1b1c109233352f015"
                  + "6272d10a162434e125f11718191a262728292a35363738393a434445464748494a"
                  + "535455565758595a636465666768696a737475767778797a82838485868788898a"
                  + "92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7"
                  + "c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

  private JpegTables() {}

  static byte[] huffmanSegments() {
    return HUFFMAN.clone();
  }

  /** Both quantization tables for a quality of 1 to 99 (RFC 2435 §4.2), luma first. */
  static byte[] quantization(int quality) {
    int scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality;
    byte[] tables = new byte[2 * TABLE_BYTES];
    for (int i = 0; i < TABLE_BYTES; i++) {
      int chroma = i < CHROMA.length ? CHROMA[i] : CHROMA_REST;
      tables[i] = scaled(LUMA[i], scale);
      tables[TABLE_BYTES + i] = scaled(chroma, scale);
    }
    return tables;
  }

  private static byte scaled(int entry, int scale) {
    return (byte) Math.clamp((entry * scale + 50) / 100, 1, 255);
  }
}
