package kg.sakchy.web.hls;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.hls.HlsPart;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.hls.LiveEdge;
import kg.sakchy.media.hls.MediaName;
import kg.sakchy.media.hls.SegmentLine;
import kg.sakchy.media.mp4.Fragment;
import org.jspecify.annotations.Nullable;

/**
 * A live line at a moment. Immutable.
 *
 * @param segments the last whole segments
 * @param edge parts and what comes next
 * @param archived whether the archive has the same segments, or will have
 * @param firstPart number of the first part still in memory
 * @param parts media of the parts in memory, by number
 * @param inits init segments by run
 */
record LiveWindow(
    SegmentLine.Snapshot segments,
    LiveEdge edge,
    boolean archived,
    long firstPart,
    List<Fragment> parts,
    Map<Long, Bytes> inits) {
  LiveWindow {
    parts = List.copyOf(parts);
    inits = Map.copyOf(inits);
  }

  /** How many parts of the segment that is not whole yet are there. */
  int begunParts() {
    LiveEdge.Begun begun = edge.begun();
    return begun == null ? 0 : begun.parts().size();
  }

  /** Media of a part, if it is in memory. */
  Optional<Fragment> part(MediaName.Part name) {
    long index = name.number() - firstPart;
    return name.line() == edge.next().line() && index >= 0 && index < parts.size()
        ? Optional.of(parts.get((int) index))
        : Optional.empty();
  }

  /** Media of a segment, if all its parts are in memory. */
  Optional<List<Fragment>> whole(HlsSegment segment) {
    List<HlsPart> names = edge.parts().get(segment);
    if (names == null) {
      return Optional.empty();
    }
    List<Fragment> media = names.stream().flatMap(part -> part(part.name()).stream()).toList();
    return media.size() == names.size() ? Optional.of(media) : Optional.empty();
  }

  /** The init segment of a run, if it is known here. */
  @Nullable Bytes init(long run) {
    return inits.get(run);
  }
}
