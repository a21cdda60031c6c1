package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import kg.sakchy.core.stream.TrackFormat;
import org.jspecify.annotations.Nullable;

/**
 * The boxes of one {@code trak} (ISO/IEC 14496-12 §8.3.1) that both fragmented and flat files have.
 *
 * @param id track id
 * @param timescale ticks per second
 * @param kind from the handler
 * @param format or null when the codec is none of ours
 * @param sampleTable contents of the {@code stbl} box
 * @param editStartTicks media time at which the presentation begins, less empty edits before it, in
 *     {@code timescale}; 0 without an edit list
 */
record TrackParser(
    int id,
    int timescale,
    InitTrack.Kind kind,
    @Nullable TrackFormat format,
    ByteBuffer sampleTable,
    long editStartTicks) {
  /**
   * @param trak contents of the box
   * @param movieTimescale ticks per second of empty edits
   */
  static TrackParser parse(ByteBuffer trak, int movieTimescale) {
    int id = id(new BoxReader(trak).require(BoxType.TKHD));
    BoxFields media = new BoxReader(trak).require(BoxType.MDIA);
    ByteBuffer mdia = ByteBuffer.wrap(media.bytes(media.remaining()));
    int timescale = timescale(new BoxReader(mdia).require(BoxType.MDHD));
    BoxFields handler = new BoxReader(mdia).require(BoxType.HDLR);
    handler.skip(8);
    InitTrack.Kind kind =
        switch (handler.s32()) {
          case BoxType.VIDE -> InitTrack.Kind.VIDEO;
          case BoxType.SOUN -> InitTrack.Kind.AUDIO;
          default -> InitTrack.Kind.OTHER;
        };
    BoxFields table = new BoxReader(mdia).require(BoxType.MINF).boxes().require(BoxType.STBL);
    ByteBuffer stbl = ByteBuffer.wrap(table.bytes(table.remaining()));
    TrackFormat format =
        SampleEntryParser.parse(new BoxReader(stbl).require(BoxType.STSD), timescale);
    return new TrackParser(
        id, timescale, kind, format, stbl, editStart(trak, timescale, movieTimescale));
  }

  private static int id(BoxFields tkhd) {
    int version = tkhd.version();
    tkhd.flags();
    tkhd.skip(version == 1 ? 16 : 8);
    return positive(tkhd.u32(), "track id");
  }

  /** The timescale of {@code mdhd} and {@code mvhd}, which begin alike. */
  static int timescale(BoxFields header) {
    int version = header.version();
    header.flags();
    header.skip(version == 1 ? 16 : 8);
    return positive(header.u32(), "timescale");
  }

  private static int positive(long value, String what) {
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw Mp4Errors.malformed(what + " " + value);
    }
    return (int) value;
  }

  /**
   * ISO/IEC 14496-12 §8.6.6: empty edits, then where the media begins; further edits are ignored.
   */
  private static long editStart(ByteBuffer trak, int timescale, int movieTimescale) {
    BoxFields edts = new BoxReader(trak).find(BoxType.EDTS);
    BoxFields elst = edts == null ? null : edts.boxes().find(BoxType.ELST);
    if (elst == null) {
      return 0;
    }
    int version = elst.version();
    elst.flags();
    int count = elst.count(version == 1 ? 20 : 12);
    long emptyTicks = 0;
    for (int i = 0; i < count; i++) {
      long duration = elst.time(version);
      long mediaTime = version == 1 ? elst.s64() : elst.s32();
      elst.skip(4);
      if (mediaTime >= 0) {
        return mediaTime - emptyTicks;
      }
      emptyTicks += Math.round((double) duration * timescale / movieTimescale);
    }
    return -emptyTicks;
  }
}
