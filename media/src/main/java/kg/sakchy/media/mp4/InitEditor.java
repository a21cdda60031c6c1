package kg.sakchy.media.mp4;

import java.time.Duration;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.unit.Bytes;

/**
 * Writes an init segment anew with a duration; every box it does not mean to change is copied byte
 * by byte.
 *
 * @param movieTimescale ticks per second of {@code mvhd}
 * @param duration of the movie
 */
record InitEditor(int movieTimescale, Duration duration) {
  byte[] edit(Bytes init) {
    BoxWriter out = new BoxWriter();
    BoxReader boxes = new BoxReader(init.asByteBuffer());
    while (boxes.next()) {
      if (boxes.type() == BoxType.MOOV) {
        BoxReader children = boxes.fields().boxes();
        out.box(BoxType.MOOV, moov -> movie(children, moov));
      } else {
        out.bytes(boxes.whole());
      }
    }
    return out.toByteArray();
  }

  private void movie(BoxReader in, BoxWriter out) {
    boolean fragmented = false;
    while (in.next()) {
      if (in.type() == BoxType.MVEX) {
        fragmented = true;
        BoxReader children = in.fields().boxes();
        out.box(BoxType.MVEX, mvex -> movieExtends(children, mvex));
      } else {
        out.bytes(in.whole());
      }
    }
    if (!fragmented) {
      throw Mp4Errors.unsupported("a movie that is not fragmented");
    }
  }

  private void movieExtends(BoxReader in, BoxWriter out) {
    long ticks = MediaTime.ticks(duration, movieTimescale);
    out.fullBox(BoxType.MEHD, 1, 0, mehd -> mehd.u64(ticks));
    while (in.next()) {
      if (in.type() != BoxType.MEHD) {
        out.bytes(in.whole());
      }
    }
  }
}
