package kg.sakchy.media.mp4;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.recording.Segment;

/**
 * Writes a {@code sidx} box (ISO/IEC 14496-12 §8.16.3): where the subsegments of a file begin that
 * follow the box without a gap, each beginning with a key frame.
 *
 * <p>Where the size of the key frame's part is known, a subsegment becomes two references: that
 * part with all of the subsegment's time, and the other parts with none. FFmpeg (seen with 5.1 and
 * 8.0), when it seeks in a file with sound, goes on from a key frame's part at the next reference,
 * and would leave out the rest of the group of pictures if the next reference were the next key
 * frame.
 *
 * <p>The box counts subsegments in 16 bits, their bytes in 31 and their ticks in 32: neighbours are
 * merged until the count fits, and a coarser timescale is taken when a gap is longer than 13 hours.
 */
final class SegmentIndexBox {
  private static final int MAX_REFERENCES = 0xFFFF;
  private static final int[] TIMESCALES = {Segment.TIMESCALE, 1_000, 1};

  /** starts_with_SAP 1, SAP_type 1: a key frame that all later frames can be decoded after. */
  private static final long STARTS_WITH_SAP = 1L << 31 | 1L << 28;

  private SegmentIndexBox() {}

  /**
   * A subsegment.
   *
   * @param startTicks where it begins in the file's media time, 90 kHz; never falls
   * @param sizeBytes of its parts together
   * @param firstPartBytes of the part that begins with the key frame; 0 when unknown
   */
  record Subsegment(long startTicks, long sizeBytes, long firstPartBytes) {}

  /**
   * A reference of the box.
   *
   * @param startTicks where it begins, 90 kHz
   * @param sizeBytes its size
   * @param key whether it begins with a key frame
   */
  private record Reference(long startTicks, long sizeBytes, boolean key) {}

  /**
   * The box.
   *
   * @param track id of the video track
   * @param subsegments at least one
   * @param endTicks where the last one ends
   */
  static byte[] encode(int track, List<Subsegment> subsegments, long endTicks) {
    List<Reference> references = references(subsegments, endTicks);
    int timescale = timescale(references, endTicks);
    return new BoxWriter()
        .fullBox(BoxType.SIDX, 1, 0, sidx -> write(sidx, track, timescale, references, endTicks))
        .toByteArray();
  }

  private static List<Reference> references(List<Subsegment> subsegments, long endTicks) {
    boolean split = subsegments.size() <= MAX_REFERENCES / 2;
    int stride = Math.ceilDiv(subsegments.size(), MAX_REFERENCES);
    List<Reference> references = new ArrayList<>();
    for (int i = 0; i < subsegments.size(); i += stride) {
      List<Subsegment> merged = subsegments.subList(i, Math.min(i + stride, subsegments.size()));
      long size = merged.stream().mapToLong(Subsegment::sizeBytes).sum();
      if (size > Integer.MAX_VALUE) {
        throw Mp4Errors.unsupported("over 2 GiB between two key frames");
      }
      Subsegment first = merged.getFirst();
      long part = first.firstPartBytes();
      if (split && part > 0 && part < size) {
        long end = i + 1 < subsegments.size() ? subsegments.get(i + 1).startTicks() : endTicks;
        references.add(new Reference(first.startTicks(), part, true));
        references.add(new Reference(end, size - part, false));
      } else {
        references.add(new Reference(first.startTicks(), size, true));
      }
    }
    return references;
  }

  private static void write(
      BoxWriter sidx, int track, int timescale, List<Reference> references, long endTicks) {
    sidx.u32(track).u32(timescale);
    sidx.u64(scaled(references.getFirst().startTicks(), timescale)).u64(0);
    sidx.u16(0).u16(references.size());
    for (int i = 0; i < references.size(); i++) {
      Reference reference = references.get(i);
      sidx.u32(reference.sizeBytes());
      // Differences of rounded times: rounding never adds up.
      sidx.u32(
          scaled(end(references, i, endTicks), timescale)
              - scaled(reference.startTicks(), timescale));
      sidx.u32(reference.key() ? STARTS_WITH_SAP : 0);
    }
  }

  private static long end(List<Reference> references, int i, long endTicks) {
    return i + 1 < references.size() ? references.get(i + 1).startTicks() : endTicks;
  }

  private static int timescale(List<Reference> references, long endTicks) {
    long longest = 0;
    for (int i = 0; i < references.size(); i++) {
      longest = Math.max(longest, end(references, i, endTicks) - references.get(i).startTicks());
    }
    for (int timescale : TIMESCALES) {
      if (scaled(longest, timescale) < 0xFFFF_FFFFL) {
        return timescale;
      }
    }
    throw Mp4Errors.unsupported("a gap of over a century");
  }

  private static long scaled(long ticks, int timescale) {
    return ticks / (Segment.TIMESCALE / timescale);
  }
}
