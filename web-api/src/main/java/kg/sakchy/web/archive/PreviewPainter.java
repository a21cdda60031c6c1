package kg.sakchy.web.archive;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.picture.KeyFramePictures;
import kg.sakchy.core.recording.Archive;

/**
 * Paints a sheet, one picture after another: it has one of the decoder's threads at most, and reads
 * of each segment only the key frames it shows.
 *
 * <p>Threads: safe for use by many threads; blocks for about a second.
 */
final class PreviewPainter {
  private final Archive archive;
  private final KeyFramePictures pictures;

  PreviewPainter(Archive archive, KeyFramePictures pictures) {
    this.archive = archive;
    this.pictures = pictures;
  }

  /**
   * The sheet as JPEG. A picture that is damaged or was deleted meanwhile stays black.
   *
   * @throws VmsException UNAVAILABLE or RESOURCE_EXHAUSTED when archive or decoder have no time
   */
  byte[] paint(PreviewSheet sheet) {
    BufferedImage canvas =
        new BufferedImage(sheet.width(), sheet.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    try {
      for (PreviewSheet.Tile tile : sheet.tiles()) {
        paint(graphics, tile, sheet.tileHeight());
      }
      return jpeg(canvas);
    } finally {
      graphics.dispose();
    }
  }

  private void paint(Graphics2D graphics, PreviewSheet.Tile tile, int height) {
    try {
      StoredKeyFrame frame = tile.frame();
      byte[] jpeg = pictures.jpeg(frame.format(), frame.read(archive), PreviewSheet.TILE_WIDTH);
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
      if (picture != null) {
        graphics.drawImage(
            picture, tile.x(), tile.y(height), PreviewSheet.TILE_WIDTH, height, null);
      }
    } catch (IOException e) {
      throw new VmsException(ErrorKind.INTERNAL, "a preview cannot be read back", e);
    } catch (VmsException e) {
      switch (e.kind()) {
        case DATA_LOSS, NOT_FOUND, UNSUPPORTED -> {}
        default -> throw e;
      }
    }
  }

  private static byte[] jpeg(BufferedImage canvas) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(canvas, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new VmsException(ErrorKind.INTERNAL, "a sheet cannot be written", e);
    }
  }
}
