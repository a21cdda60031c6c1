package kg.sakchy.ffmpeg;

import java.util.function.IntUnaryOperator;
import kg.sakchy.core.stream.Codec;

/** Expands G.711 (ITU-T G.711, tables 1 and 2) by table: one octet is one sample. */
final class G711 {
  private final float[] table = new float[256];

  private G711(IntUnaryOperator expand) {
    for (int octet = 0; octet < table.length; octet++) {
      table[octet] = expand.applyAsInt(octet) / 32768f;
    }
  }

  static G711 of(Codec codec) {
    return new G711(codec == Codec.G711_ALAW ? G711::alaw : G711::ulaw);
  }

  /** The sample of an octet, from -1 to 1. */
  float sample(byte octet) {
    return table[octet & 0xff];
  }

  /** In 16-bit linear PCM. */
  private static int alaw(int octet) {
    int inverted = octet ^ 0x55;
    int exponent = (inverted & 0x70) >> 4;
    int mantissa = (inverted & 0x0f) << 4;
    int magnitude = exponent == 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
    return (inverted & 0x80) == 0 ? -magnitude : magnitude;
  }

  /** In 16-bit linear PCM. */
  private static int ulaw(int octet) {
    int inverted = ~octet;
    int exponent = (inverted & 0x70) >> 4;
    int mantissa = (inverted & 0x0f) << 3;
    int magnitude = ((mantissa + 0x84) << exponent) - 0x84;
    return (inverted & 0x80) == 0 ? magnitude : -magnitude;
  }
}
