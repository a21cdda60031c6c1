package kg.sakchy.media.hls;

import java.util.List;
import kg.sakchy.core.recording.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A Media Playlist (RFC 8216bis §4.4.3, §4.4.4) and its text.
 *
 * @param line its segments
 * @param edge the live edge, or null when nothing is known of one
 * @param ending whether more will come
 * @param begins whether a player shall begin with the first segment, and not near the end
 * @param media where media addresses begin: a relative path that ends with a slash
 * @param query what every media address ends with: empty, or a question mark and more
 */
public record MediaPlaylist(
    SegmentLine.Snapshot line,
    @Nullable LiveEdge edge,
    Ending ending,
    boolean begins,
    String media,
    String query) {
  /** Of playlists (§4). */
  public static final String MEDIA_TYPE = "application/vnd.apple.mpegurl";

  private static final int VERSION = 9;
  private static final int BYTES_PER_SEGMENT = 120;

  /** §4.4.3.8: at least six target durations. */
  private static final int SKIP_TARGETS = 6;

  /** §4.4.4.9: parts are named for the last three target durations at least. */
  private static final int PARTED_TARGETS = 3;

  /** Part hold-back in part targets (§4.4.3.8: three are wanted, two are the least). */
  private static final int PART_HOLD_BACK = 3;

  /** A program date that follows from the one before within this is not repeated. */
  private static final long TOLERATED_MICROS = 10_000;

  /** Whether a playlist goes on. */
  public enum Ending {
    /** Old segments go, new ones come. */
    SLIDING,
    /** Only new ones come. */
    GROWING,
    /** It is whole. */
    ENDED
  }

  /** The text with all segments, ASCII. */
  public byte[] text() {
    return text(0);
  }

  /**
   * The text of a Playlist Delta Update (§4.4.5.2): without the segments before the skip boundary;
   * the whole text when that saves nothing. ASCII.
   */
  public byte[] delta() {
    return text(ending == Ending.ENDED ? 0 : skippable());
  }

  private int skippable() {
    long boundary = (long) SKIP_TARGETS * line.targetSeconds() * Segment.TIMESCALE;
    List<HlsSegment> segments = line.segments();
    long kept = begunTicks();
    int index = segments.size();
    while (index > 0 && kept < boundary) {
      index--;
      kept += segments.get(index).ticks();
    }
    return index;
  }

  private long begunTicks() {
    LiveEdge.Begun begun = edge == null ? null : edge.begun();
    return begun == null ? 0 : begun.parts().stream().mapToLong(HlsPart::ticks).sum();
  }

  private byte[] text(int skipped) {
    List<HlsSegment> segments = line.segments();
    AsciiText out =
        new AsciiText(1_000 + (segments.size() - skipped) * (BYTES_PER_SEGMENT + query.length()));
    head(out, skipped);
    int parted = firstParted();
    HlsSegment previous = skipped > 0 ? segments.get(skipped - 1) : null;
    for (int i = skipped; i < segments.size(); i++) {
      HlsSegment segment = segments.get(i);
      boolean goesOn = segment.isGap() || (previous != null && segment.follows(previous));
      lead(out, segment.run(), segment.startMicros(), previous, goesOn);
      segment(out, segment, i >= parted);
      previous = segment;
    }
    tail(out, previous);
    return out.toBytes();
  }

  private void head(AsciiText out, int skipped) {
    out.append("#EXTM3U\n#EXT-X-VERSION:").decimal(VERSION);
    out.append("\n#EXT-X-TARGETDURATION:").decimal(line.targetSeconds());
    switch (ending) {
      case SLIDING -> {}
      case GROWING -> out.append("\n#EXT-X-PLAYLIST-TYPE:EVENT");
      case ENDED -> out.append("\n#EXT-X-PLAYLIST-TYPE:VOD");
    }
    if (ending != Ending.ENDED) {
      out.append("\n#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=");
      out.decimal((long) SKIP_TARGETS * line.targetSeconds()).append(".0");
      if (edge != null) {
        out.append(",CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=");
        seconds(out, PART_HOLD_BACK * edge.partTargetTicks());
        out.append("\n#EXT-X-PART-INF:PART-TARGET=");
        seconds(out, edge.partTargetTicks());
      }
    }
    out.append("\n#EXT-X-MEDIA-SEQUENCE:").decimal(line.firstNumber());
    if (line.firstDiscontinuity() > 0) {
      out.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").decimal(line.firstDiscontinuity());
    }
    out.append("\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    if (begins) {
      out.append("#EXT-X-START:TIME-OFFSET=0,PRECISE=YES\n");
    }
    if (skipped > 0) {
      out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").decimal(skipped).append('\n');
    }
  }

  /** Discontinuity, init segment and date, where they are due. */
  private void lead(
      AsciiText out, long run, long startMicros, @Nullable HlsSegment previous, boolean goesOn) {
    boolean inside = previous != null;
    if (inside && !goesOn) {
      out.append("#EXT-X-DISCONTINUITY\n");
    }
    boolean isMedia = run != 0;
    if (isMedia && !(inside && goesOn)) {
      out.append("#EXT-X-MAP:URI=\"").append(media);
      MediaName.Forms.append(out, new MediaName.Init(run, startMicros));
      out.append(query).append("\"\n");
    }
    boolean foreseen =
        previous != null
            && goesOn
            && Math.abs(previous.endMicros() - startMicros) <= TOLERATED_MICROS;
    if (!foreseen) {
      out.append("#EXT-X-PROGRAM-DATE-TIME:");
      ProgramDate.append(out, startMicros);
      out.append('\n');
    }
  }

  private void segment(AsciiText out, HlsSegment segment, boolean withParts) {
    if (withParts && edge != null) {
      parts(out, edge.parts().getOrDefault(segment, List.of()));
    }
    if (segment.isGap()) {
      out.append("#EXT-X-GAP\n");
    }
    out.append("#EXTINF:");
    seconds(out, segment.ticks());
    out.append(",\n").append(media);
    if (segment.isGap()) {
      out.append("gap.m4s");
    } else {
      MediaName.Forms.append(out, new MediaName.Whole(segment));
    }
    out.append(query).append('\n');
  }

  private void parts(AsciiText out, List<HlsPart> parts) {
    for (HlsPart part : parts) {
      out.append("#EXT-X-PART:DURATION=");
      seconds(out, part.ticks());
      out.append(part.independent() ? ",INDEPENDENT=YES" : "");
      out.append(",URI=\"").append(media);
      MediaName.Forms.append(out, part.name());
      out.append(query).append("\"\n");
    }
  }

  private void tail(AsciiText out, @Nullable HlsSegment previous) {
    if (ending == Ending.ENDED) {
      out.append("#EXT-X-ENDLIST\n");
      return;
    }
    if (edge == null) {
      return;
    }
    LiveEdge.Begun begun = edge.begun();
    if (begun != null && !begun.parts().isEmpty()) {
      boolean goesOn =
          previous != null
              && previous.run() == begun.run()
              && previous.endTicks() == begun.startTicks();
      lead(out, begun.run(), begun.startMicros(), previous, goesOn);
      parts(out, begun.parts());
    }
    out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"").append(media);
    MediaName.Forms.append(out, edge.next());
    out.append(query).append("\"\n");
  }

  private int firstParted() {
    long wanted = (long) PARTED_TARGETS * line.targetSeconds() * Segment.TIMESCALE;
    List<HlsSegment> segments = line.segments();
    long ticks = 0;
    int index = segments.size();
    while (index > 0 && ticks < wanted) {
      index--;
      ticks += segments.get(index).ticks();
    }
    return index;
  }

  /** Seconds with five decimals: exact to half a tick. */
  private static void seconds(AsciiText out, long ticks) {
    long micros = (ticks * 100_000 + Segment.TIMESCALE / 2) / Segment.TIMESCALE;
    out.decimal(micros / 100_000).append('.');
    for (int unit = 10_000; unit > 0; unit /= 10) {
      out.append((char) ('0' + micros / unit % 10));
    }
  }
}
