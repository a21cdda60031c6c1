package kg.sakchy.media.hls;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a playlist says beyond its whole segments while the camera sends.
 *
 * @param partTargetTicks no part is longer, 90 kHz
 * @param parts of the last whole segments
 * @param begun the segment that is not whole yet, or null between two
 * @param next the part that comes next
 */
public record LiveEdge(
    long partTargetTicks,
    Map<HlsSegment, List<HlsPart>> parts,
    @Nullable Begun begun,
    MediaName.Part next) {
  public LiveEdge {
    parts = Map.copyOf(parts);
  }

  /**
   * A segment that is not whole yet.
   *
   * @param run its run
   * @param startTicks see {@link HlsSegment#startTicks}
   * @param startMicros see {@link HlsSegment#startMicros}
   * @param parts those that are whole
   */
  public record Begun(long run, long startTicks, long startMicros, List<HlsPart> parts) {
    public Begun {
      parts = List.copyOf(parts);
    }
  }
}
