package kg.sakchy.ffmpeg;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Paints the test scene with Java2D, headless and without fonts: sky, houses and a road painted
 * once; cars, people, the name, the UTC clock and the frame number over it for each frame. A round
 * scene goes once around a dome, whose view is cut out of it.
 */
final class ScenePainter {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** A power of two, so that a mask finds the place in the noise. */
  private static final int NOISE_SIZE = 1 << 16;

  private static final Color SKY = new Color(0x6fa8dc);
  private static final Color ROAD = new Color(0x3b3d40);

  private static final int CARS = 6;
  private static final int PEOPLE = 4;
  private static final Color[] COLOURS = {
    new Color(0xc0392b), new Color(0x2980b9), new Color(0xf1c40f),
    new Color(0xecf0f1), new Color(0x27ae60), new Color(0x34495e)
  };

  private final SceneOptions options;
  private final int width;
  private final int height;

  /**
   * Length of the street in pixels at zoom factor 1; the width of the picture for a fixed camera.
   */
  private final int street;

  private final BufferedImage background;
  private final BufferedImage image;
  private final Graphics2D graphics;
  private final byte[] noise = new byte[NOISE_SIZE];
  private final Random random = new Random(1);

  /**
   * @param round whether the street goes around a dome
   */
  ScenePainter(SceneOptions options, boolean round) {
    this.options = options;
    width = options.width();
    height = options.height();
    street = round ? (int) (width * 360 / SceneView.WIDEST_DEGREES) : width;
    background = paintBackground();
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) Math.round((random.nextDouble() - 0.5) * options.grain());
    }
  }

  /**
   * Paints one frame.
   *
   * @param view of the dome in a round scene; null for a fixed camera
   * @return the pixels, 0x00RRGGBB, row after row; overwritten by the next call
   */
  int[] paint(Instant utc, long frame, @Nullable SceneView view) {
    double seconds = (double) frame / options.framesPerSecond();
    if (view == null) {
      paintStreet(seconds);
    } else {
      paintView(view, seconds);
    }
    int pixel = Math.max(1, height / 180);
    label(options.name(), pixel * 4, pixel * 4, pixel);
    String clock = CLOCK.format(utc);
    int bottom = height - pixel * (PixelFont.ROWS + 6);
    label(clock, pixel * 4, bottom, pixel);
    String number = "#" + frame;
    label(number, width - pixel * 4 - PixelFont.width(number, pixel), bottom, pixel);
    if (view != null) {
      String position =
          String.format(
              Locale.ROOT,
              "PAN %.1f TILT %.1f ZOOM %.1f",
              ((view.panDegrees() % 360) + 360) % 360,
              view.tiltDegrees(),
              view.zoomFactor());
      int right = width - pixel * 4 - PixelFont.width(position, pixel);
      label(position, right, pixel * 4, pixel);
    }
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    if (options.grain() > 0) {
      addNoise(pixels);
    }
    return pixels;
  }

  private void paintStreet(double seconds) {
    graphics.drawImage(background, 0, 0, null);
    for (int i = 0; i < PEOPLE; i++) {
      paintPerson(i, seconds);
    }
    for (int i = 0; i < CARS; i++) {
      paintCar(i, seconds);
    }
  }

  /** The street has no end: it is painted three times, and what lies outside costs little. */
  private void paintView(SceneView view, double seconds) {
    double pixelsPerDegree = width / SceneView.WIDEST_DEGREES;
    double turned = ((view.panDegrees() % 360) + 360) % 360;
    AffineTransform wide = graphics.getTransform();
    graphics.setColor(SKY);
    graphics.fillRect(0, 0, width, height);
    graphics.translate(width / 2.0, height / 2.0);
    graphics.scale(view.zoomFactor(), view.zoomFactor());
    graphics.translate(
        -turned * pixelsPerDegree, view.tiltDegrees() * pixelsPerDegree - height / 2.0);
    graphics.setColor(ROAD);
    graphics.fillRect(-street, height - 1, 3 * street, 4 * height);
    for (int round = -1; round <= 1; round++) {
      AffineTransform here = graphics.getTransform();
      graphics.translate((double) round * street, 0);
      if (graphics.hitClip(0, 0, street, height)) {
        paintStreet(seconds);
      }
      graphics.setTransform(here);
    }
    graphics.setTransform(wide);
  }

  private BufferedImage paintBackground() {
    BufferedImage painted = new BufferedImage(street, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = painted.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setPaint(new GradientPaint(0, 0, SKY, 0, height / 2f, new Color(0xdceaf7)));
    canvas.fillRect(0, 0, street, height / 2);
    paintHouses(canvas);
    canvas.setColor(new Color(0x9a9a94));
    canvas.fillRect(0, height / 2, street, height / 8);
    canvas.setColor(ROAD);
    canvas.fillRect(0, height * 5 / 8, street, height * 3 / 8);
    canvas.setColor(new Color(0xe8e6da));
    for (int x = 0; x < street; x += width / 12) {
      canvas.fillRect(x, height * 25 / 32, width / 24, Math.max(2, height / 120));
    }
    canvas.dispose();
    return painted;
  }

  private void paintHouses(Graphics2D canvas) {
    Random shape = new Random(options.name().hashCode());
    int x = 0;
    while (x < street) {
      int house = width / 10 + shape.nextInt(width / 10);
      int top = height / 8 + shape.nextInt(height / 4);
      int grey = 90 + shape.nextInt(80);
      canvas.setColor(new Color(grey, grey - 10, grey - 25));
      canvas.fillRect(x, top, house, height / 2 - top);
      canvas.setColor(new Color(0xf2e2a0));
      int window = Math.max(4, width / 80);
      for (int wx = x + window; wx < x + house - window; wx += 2 * window) {
        for (int wy = top + window; wy < height / 2 - window; wy += 2 * window) {
          canvas.fillRect(wx, wy, window, window);
        }
      }
      x += house + width / 60;
    }
  }

  /** Odd cars go left on the near lane, even ones right on the far lane. */
  private void paintCar(int index, double seconds) {
    boolean left = index % 2 == 1;
    int length = width / (left ? 8 : 11);
    int tall = length * 2 / 5;
    int road = height * (left ? 29 : 22) / 32;
    int x = position(index * 0.37, 0.08 + index * 0.017, seconds, length, left);
    graphics.setColor(COLOURS[index % COLOURS.length]);
    graphics.fillRoundRect(x, road - tall / 2, length, tall / 2, tall / 4, tall / 4);
    graphics.fillRoundRect(x + length / 5, road - tall, length * 3 / 5, tall, tall / 3, tall / 3);
    graphics.setColor(new Color(0x9fc5e8));
    graphics.fillRect(x + length * 3 / 10, road - tall * 7 / 8, length * 2 / 5, tall / 4);
    graphics.setColor(Color.BLACK);
    int wheel = tall * 2 / 5;
    graphics.fillOval(x + length / 8, road - wheel / 2, wheel, wheel);
    graphics.fillOval(x + length * 5 / 8, road - wheel / 2, wheel, wheel);
  }

  private void paintPerson(int index, double seconds) {
    int tall = height / 7;
    int foot = height * 19 / 32;
    int x = position(index * 0.23, 0.015 + index * 0.004, seconds, tall, index % 2 == 0);
    int head = tall / 5;
    int step = (int) (Math.sin(seconds * 6 + index) * tall / 8);
    graphics.setColor(new Color(0xd9a679));
    graphics.fillOval(x - head / 2, foot - tall, head, head);
    graphics.setColor(COLOURS[(index + 2) % COLOURS.length]);
    graphics.fillRoundRect(
        x - head / 2, foot - tall + head, head, tall * 2 / 5, head / 2, head / 2);
    graphics.setColor(new Color(0x2c3e50));
    int hip = foot - tall * 2 / 5;
    int leg = Math.max(2, head / 3);
    graphics.fillPolygon(
        new int[] {x - leg, x, x + step + leg, x + step}, new int[] {hip, hip, foot, foot}, 4);
    graphics.fillPolygon(
        new int[] {x, x + leg, x - step + leg, x - step}, new int[] {hip, hip, foot, foot}, 4);
  }

  /** Goes across the picture again and again, from outside to outside. */
  private int position(double start, double speed, double seconds, int length, boolean left) {
    double way = (start + speed * width / street * seconds) % 1;
    return (int) Math.round((left ? 1 - way : way) * (street + 2 * length)) - length;
  }

  private void label(String text, int x, int y, int pixel) {
    graphics.setColor(Color.BLACK);
    graphics.fillRect(
        x - pixel * 2,
        y - pixel * 2,
        PixelFont.width(text, pixel) + pixel * 3,
        (PixelFont.ROWS + 4) * pixel);
    graphics.setColor(Color.WHITE);
    PixelFont.draw(graphics, text, x, y, pixel);
  }

  private void addNoise(int[] pixels) {
    int at = random.nextInt(NOISE_SIZE);
    for (int i = 0; i < pixels.length; i++) {
      int grain = noise[(at + i) & (NOISE_SIZE - 1)];
      int pixel = pixels[i];
      int red = clamp((pixel >> 16 & 0xff) + grain);
      int green = clamp((pixel >> 8 & 0xff) + grain);
      int blue = clamp((pixel & 0xff) + grain);
      pixels[i] = red << 16 | green << 8 | blue;
    }
  }

  private static int clamp(int component) {
    return Math.max(0, Math.min(255, component));
  }
}
