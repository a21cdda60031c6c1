package kg.sakchy.server.bench.live;

import java.util.Arrays;

/**
 * A picture in YUV 4:2:0 with the time in it: 32 blocks along its upper edge are the bits of the
 * milliseconds of the machine's clock, the highest first, white for 1. The rest changes from
 * picture to picture, so that there is something to encode.
 */
final class StampedPicture {
  static final int WIDTH = 640;
  static final int HEIGHT = 360;

  /** Both ways, in pixels. */
  static final int BLOCK = 20;

  private static final int BITS = 32;
  private static final byte WHITE = (byte) 235;
  private static final byte BLACK = 16;
  private static final byte GREY = (byte) 128;

  private final byte[] picture = new byte[WIDTH * HEIGHT * 3 / 2];

  /** The picture of a moment; the next call changes it. */
  byte[] at(long millis, int number) {
    int luma = WIDTH * HEIGHT;
    Arrays.fill(picture, luma, picture.length, GREY);
    for (int y = BLOCK; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        picture[y * WIDTH + x] = (byte) (60 + ((x + 3 * number) >> 2 & 63) + (y >> 3));
      }
    }
    for (int bit = 0; bit < BITS; bit++) {
      byte colour = (millis >> (BITS - 1 - bit) & 1) == 1 ? WHITE : BLACK;
      for (int y = 0; y < BLOCK; y++) {
        Arrays.fill(picture, y * WIDTH + bit * BLOCK, y * WIDTH + (bit + 1) * BLOCK, colour);
      }
    }
    return picture;
  }
}
