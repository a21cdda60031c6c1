package kg.sakchy.ffmpeg;

import java.awt.Graphics2D;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A font of 5 x 7 pixels, drawn as squares: a server may have no fonts installed, and then Java2D
 * cannot write. Knows capitals (small letters become capitals), digits and some signs; others
 * become a square.
 */
final class PixelFont {
  static final int COLUMNS = 5;
  static final int ROWS = 7;

  private static final String SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:.-/#+_ ";

  /** A byte for each row of a sign, top first; the lowest 5 bits are its pixels, left first. */
  private static final byte[] PIXELS =
      HexFormat.of()
          .parseHex(
              "0e11131519110e040c040404040e0e11010204081f1f02040201110e02060a121f0202"
                  + "1f101e0101110e0608101e11110e1f0102040808080e11110e11110e0e11110f01020c"
                  + "0e1111111f11111e11111e11111e0e11101010110e1c12111111121c1f10101e10101f"
                  + "1f10101e1010100e11101711110f1111111f1111110e04040404040e0702020202120c"
                  + "111214181412111010101010101f111b1515111111111119151311110e11111111110e"
                  + "1e11111e1010100e11111115120d1e11111e1412110f10100e01011e1f040404040404"
                  + "1111111111110e11111111110a041111111515150a11110a040a11111111110a040404"
                  + "1f01020408101f000c0c000c0c000000000000000c0000001f00000000010204081000"
                  + "0a0a1f0a1f0a0a0004041f0404000000000000001f00000000000000");

  private static final byte[] UNKNOWN = {0x1f, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1f};

  private PixelFont() {}

  /** Width of a text, in pixels of the picture. */
  static int width(String text, int pixel) {
    return text.length() * (COLUMNS + 1) * pixel;
  }

  /**
   * Draws with the colour that is set.
   *
   * @param pixel size of one square
   */
  static void draw(Graphics2D graphics, String text, int x, int y, int pixel) {
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      int left = x + i * (COLUMNS + 1) * pixel;
      for (int row = 0; row < ROWS; row++) {
        drawRow(graphics, row(capitals.charAt(i), row), left, y + row * pixel, pixel);
      }
    }
  }

  private static void drawRow(Graphics2D graphics, int bits, int x, int y, int pixel) {
    for (int column = 0; column < COLUMNS; column++) {
      if ((bits >> (COLUMNS - 1 - column) & 1) != 0) {
        graphics.fillRect(x + column * pixel, y, pixel, pixel);
      }
    }
  }

  private static int row(char sign, int row) {
    int index = SIGNS.indexOf(sign);
    return index < 0 ? UNKNOWN[row] : PIXELS[index * ROWS + row];
  }
}
