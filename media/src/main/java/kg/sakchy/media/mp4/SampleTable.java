package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import java.util.BitSet;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * The sample tables of one track of a flat file, unfolded (ISO/IEC 14496-12 §8.6.1 to §8.7.5).
 *
 * <p>Fails: VmsException DATA_LOSS when tables are malformed, contradict each other or point
 * outside the file; nothing is allocated before counts were checked against the file. Immutable.
 */
final class SampleTable {
  /** Some 44 hours at 25 frames a second. */
  private static final int MAX_SAMPLES = 4_000_000;

  private final int[] sizes;
  private final long[] offsets;
  private final long[] decodeTimes;
  private final int[] durations;
  private final int[] compositionOffsets;
  private final BitSet keyFrames;

  private SampleTable(int count) {
    sizes = new int[count];
    offsets = new long[count];
    decodeTimes = new long[count];
    durations = new int[count];
    compositionOffsets = new int[count];
    keyFrames = new BitSet(count);
  }

  /**
   * @param stbl contents of the box
   * @param startTicks media time that becomes 0
   * @param fileSize in bytes
   */
  static SampleTable parse(ByteBuffer stbl, long startTicks, long fileSize) {
    BoxFields stsz = new BoxReader(stbl).require(BoxType.STSZ);
    stsz.skip(4);
    long constantSize = stsz.u32();
    long count = constantSize == 0 ? stsz.count(4) : stsz.u32();
    if (count > MAX_SAMPLES || constantSize > fileSize || count * constantSize > fileSize) {
      throw Mp4Errors.malformed(count + " samples in a file of " + fileSize + " bytes");
    }
    SampleTable table = new SampleTable((int) count);
    for (int i = 0; i < count; i++) {
      long size = constantSize == 0 ? stsz.u32() : constantSize;
      if (size > fileSize) {
        throw outside();
      }
      table.sizes[i] = (int) size;
    }
    table.readTimes(new BoxReader(stbl).require(BoxType.STTS), startTicks);
    table.readCompositionOffsets(new BoxReader(stbl).find(BoxType.CTTS));
    table.readKeyFrames(new BoxReader(stbl).find(BoxType.STSS));
    table.readOffsets(
        new BoxReader(stbl).require(BoxType.STSC), ChunkOffsets.parse(stbl), fileSize);
    return table;
  }

  int count() {
    return sizes.length;
  }

  int size(int i) {
    return sizes[i];
  }

  long offset(int i) {
    return offsets[i];
  }

  Mp4Clip.Sample sample(int i) {
    return new Mp4Clip.Sample(
        decodeTimes[i] + compositionOffsets[i],
        decodeTimes[i],
        durations[i],
        keyFrames.get(i),
        sizes[i]);
  }

  long durationTicks() {
    int last = count() - 1;
    return last < 0 ? 0 : decodeTimes[last] + durations[last] - decodeTimes[0];
  }

  private void readTimes(BoxFields stts, long startTicks) {
    stts.skip(4);
    int entries = stts.count(8);
    int sample = 0;
    long time = -startTicks;
    for (int i = 0; i < entries; i++) {
      long samples = stts.u32();
      int duration = stts.s32();
      if (samples > count() - sample || duration < 0) {
        throw Mp4Errors.malformed("stts does not fit the samples");
      }
      for (int end = sample + (int) samples; sample < end; sample++) {
        decodeTimes[sample] = time;
        durations[sample] = duration;
        time += duration;
      }
    }
    if (sample != count()) {
      throw Mp4Errors.malformed("stts does not fit the samples");
    }
  }

  /** Version 0 is unsigned by the book, yet written signed by many; both read the same here. */
  private void readCompositionOffsets(@Nullable BoxFields ctts) {
    if (ctts == null) {
      return;
    }
    ctts.skip(4);
    int entries = ctts.count(8);
    int sample = 0;
    for (int i = 0; i < entries; i++) {
      long samples = ctts.u32();
      int offset = ctts.s32();
      if (samples > count() - sample) {
        throw Mp4Errors.malformed("ctts does not fit the samples");
      }
      for (int end = sample + (int) samples; sample < end; sample++) {
        compositionOffsets[sample] = offset;
      }
    }
  }

  private void readKeyFrames(@Nullable BoxFields stss) {
    if (stss == null) {
      keyFrames.set(0, count());
      return;
    }
    stss.skip(4);
    int entries = stss.count(4);
    for (int i = 0; i < entries; i++) {
      long number = stss.u32();
      if (number < 1 || number > count()) {
        throw Mp4Errors.malformed("stss does not fit the samples");
      }
      keyFrames.set((int) number - 1);
    }
  }

  private void readOffsets(BoxFields stsc, ChunkOffsets chunks, long fileSize) {
    stsc.skip(4);
    int entries = stsc.count(12);
    int sample = 0;
    long first = entries == 0 ? 0 : stsc.u32();
    for (int i = 0; i < entries; i++) {
      long perChunk = stsc.u32();
      stsc.skip(4);
      long next = i + 1 < entries ? stsc.u32() : chunks.count() + 1L;
      if (first < 1 || next < first || next > chunks.count() + 1L) {
        throw Mp4Errors.malformed("stsc does not fit the chunks");
      }
      for (long chunk = first; chunk < next; chunk++) {
        long offset = chunks.offset((int) chunk - 1);
        for (long end = Math.min(count(), sample + perChunk); sample < end; sample++) {
          if (offset < 0 || offset > fileSize - sizes[sample]) {
            throw outside();
          }
          offsets[sample] = offset;
          offset += sizes[sample];
        }
      }
      first = next;
    }
    if (sample != count()) {
      throw Mp4Errors.malformed("stsc does not fit the samples");
    }
  }

  private static VmsException outside() {
    return Mp4Errors.malformed("a sample outside the file");
  }

  /** Where chunks begin, from {@code stco} or {@code co64}. */
  private record ChunkOffsets(ByteBuffer data, int width, int count) {
    static ChunkOffsets parse(ByteBuffer stbl) {
      BoxFields narrow = new BoxReader(stbl).find(BoxType.STCO);
      BoxFields box = narrow != null ? narrow : new BoxReader(stbl).require(BoxType.CO64);
      int width = narrow != null ? 4 : 8;
      box.skip(4);
      int count = box.count(width);
      return new ChunkOffsets(ByteBuffer.wrap(box.bytes(count * width)), width, count);
    }

    long offset(int i) {
      return width == 4 ? data.getInt(4 * i) & 0xFFFF_FFFFL : data.getLong(8 * i);
    }
  }
}
