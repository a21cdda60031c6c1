package kg.sakchy.ffmpeg;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A test scene: a street with traffic, a name and a running clock.
 *
 * @param name drawn into the picture
 * @param width luma samples; even, 160 to 3840
 * @param height luma samples; even, 90 to 2160
 * @param framesPerSecond 1 to 60; a divisor of 90000
 * @param bitsPerSecond of the video
 * @param grain amplitude of the noise laid over the picture, 0 (none) to 64; without it a drawn
 *     scene needs less than the bits it may have
 * @param sound whether there is a track of AAC, which ticks with the seconds
 */
public record SceneOptions(
    String name,
    int width,
    int height,
    int framesPerSecond,
    int bitsPerSecond,
    int grain,
    boolean sound) {
  public SceneOptions {
    check(width >= 160 && width <= 3_840 && width % 2 == 0, "a scene's width of " + width);
    check(height >= 90 && height <= 2_160 && height % 2 == 0, "a scene's height of " + height);
    check(
        framesPerSecond >= 1 && framesPerSecond <= 60 && 90_000 % framesPerSecond == 0,
        "a scene of " + framesPerSecond + " frames per second");
    check(bitsPerSecond >= 10_000, "a scene of " + bitsPerSecond + " bits per second");
    check(grain >= 0 && grain <= 64, "a grain of " + grain);
  }

  /** Cheap enough to render live for many demo cameras: 640x360, 15 fps, 600 kbit/s, sound. */
  public static SceneOptions live(String name) {
    return new SceneOptions(name, 640, 360, 15, 600_000, 0, true);
  }

  /** What a usual camera sends: 1280x720, 25 fps, 2 Mbit/s, sound. */
  public static SceneOptions camera(String name) {
    return new SceneOptions(name, 1_280, 720, 25, 2_000_000, 12, true);
  }

  private static void check(boolean right, String wrong) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, wrong + " is out of range");
    }
  }
}
