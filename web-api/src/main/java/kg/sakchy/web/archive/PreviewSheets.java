package kg.sakchy.web.archive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Sheets as they are asked for: one is painted at a time, so that previews never take the decoder
 * from what is more urgent; those painted lately are kept.
 *
 * <p>Memory: {@link #MOST_BYTES}. Threads: safe for use by many threads; blocks.
 */
final class PreviewSheets {
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_WAITING = 8;
  private static final long PATIENCE_SECONDS = 20;

  private final PreviewPainter painter;
  private final Semaphore brush = new Semaphore(1, true);
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final Map<PreviewSheet, byte[]> painted = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  PreviewSheets(PreviewPainter painter) {
    this.painter = painter;
  }

  /**
   * The sheet as JPEG.
   *
   * @throws VmsException RESOURCE_EXHAUSTED when too many are asked for at a time
   */
  byte[] jpeg(PreviewSheet sheet) {
    byte[] known = known(sheet);
    if (known != null) {
      return known;
    }
    if (!room.tryAcquire()) {
      throw busy();
    }
    try {
      if (!brush.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
      try {
        byte[] meanwhile = known(sheet);
        return meanwhile == null ? keep(sheet, painter.paint(sheet)) : meanwhile;
      } finally {
        brush.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the server is stopping", e);
    } finally {
      room.release();
    }
  }

  private synchronized byte @Nullable [] known(PreviewSheet sheet) {
    return painted.get(sheet);
  }

  private synchronized byte[] keep(PreviewSheet sheet, byte[] jpeg) {
    painted.put(sheet, jpeg);
    bytes += jpeg.length;
    var eldest = painted.entrySet().iterator();
    while (bytes > MOST_BYTES && eldest.hasNext()) {
      bytes -= eldest.next().getValue().length;
      eldest.remove();
    }
    return jpeg;
  }

  private static VmsException busy() {
    return new VmsException(
        ErrorKind.RESOURCE_EXHAUSTED, "the server is making other previews; try again");
  }
}
