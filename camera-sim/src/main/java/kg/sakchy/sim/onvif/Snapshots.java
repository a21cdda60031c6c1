package kg.sakchy.sim.onvif;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.http.HttpExchange;

/** Still pictures: a grey field, the same for all devices. */
final class Snapshots {
  /** Begins the path; the token of a media profile follows. */
  static final String PATH = "/onvif/snapshot/";

  private Snapshots() {}

  /** Made when the first is asked for. */
  private static final class Picture {
    static final byte[] JPEG = jpeg();

    private static byte[] jpeg() {
      BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.GRAY);
      graphics.fillRect(0, 0, 320, 180);
      graphics.dispose();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "jpeg", out);
      } catch (IOException e) {
        throw new UncheckedIOException("in memory", e);
      }
      return out.toByteArray();
    }
  }

  static void answer(DeviceState device, HttpExchange exchange, String path) {
    String token = path.substring(PATH.length());
    if (device.profile().streams().stream().anyMatch(stream -> stream.token().equals(token))) {
      exchange.respond(200, "image/jpeg", Picture.JPEG);
    } else {
      exchange.respond(404, "", new byte[0]);
    }
  }
}
