package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code moof} boxes (ISO/IEC 14496-12 §8.8.4 to §8.8.12) into samples, in the order of the
 * file.
 *
 * <p>Tolerates: {@code tfdt} of both versions or none (the time then goes on from the fragment read
 * before), runs with or without each optional field, absolute base data offsets, samples that take
 * everything from defaults. Sample groups and encryption are not looked at.
 *
 * <p>Threads: confined to one thread. Fails: VmsException DATA_LOSS.
 */
final class FragmentParser {
  /** A part is half a second; more samples than this are taken for garbage. */
  private static final int MAX_SAMPLES = 100_000;

  private static final int TFHD_BASE_DATA_OFFSET = 0x01;
  private static final int TFHD_DESCRIPTION_INDEX = 0x02;
  private static final int TFHD_DURATION = 0x08;
  private static final int TFHD_SIZE = 0x10;
  private static final int TFHD_FLAGS = 0x20;
  private static final int TFHD_BASE_IS_MOOF = 0x2_0000;

  private static final int TRUN_DATA_OFFSET = 0x001;
  private static final int TRUN_FIRST_FLAGS = 0x004;
  private static final int TRUN_DURATION = 0x100;
  private static final int TRUN_SIZE = 0x200;
  private static final int TRUN_FLAGS = 0x400;
  private static final int TRUN_COMPOSITION = 0x800;

  private final InitSegment init;
  private final Map<Integer, Long> nextDecodeTime = new HashMap<>();

  private List<FragmentSample> samples = new ArrayList<>();
  private long moofOffset;
  private long dataEnd;

  FragmentParser(InitSegment init) {
    this.init = init;
  }

  /**
   * Reads one box.
   *
   * @param moof the whole box
   * @param offset of the box in its file, for absolute data offsets
   */
  List<FragmentSample> parse(ByteBuffer moof, long offset) {
    samples = new ArrayList<>();
    moofOffset = offset;
    dataEnd = 0;
    BoxReader fragments = new BoxReader(moof).require(BoxType.MOOF).boxes();
    while (fragments.next()) {
      if (fragments.type() == BoxType.TRAF) {
        trackFragment(fragments.fields());
      }
    }
    return samples;
  }

  private void trackFragment(BoxFields traf) {
    ByteBuffer boxes = ByteBuffer.wrap(traf.bytes(traf.remaining()));
    BoxFields tfhd = new BoxReader(boxes).require(BoxType.TFHD);
    tfhd.version();
    int flags = tfhd.flags();
    int track = tfhd.s32();
    SampleDefaults movie =
        init.track(track)
            .orElseThrow(() -> Mp4Errors.malformed("a fragment of unknown track " + track))
            .defaults();
    // §8.8.7: without either flag the first fragment counts from its moof, the others go on.
    long base = (flags & TFHD_BASE_IS_MOOF) != 0 ? 0 : dataEnd;
    if ((flags & TFHD_BASE_DATA_OFFSET) != 0) {
      base = tfhd.u64() - moofOffset;
    }
    tfhd.skip((flags & TFHD_DESCRIPTION_INDEX) != 0 ? 4 : 0);
    SampleDefaults defaults =
        new SampleDefaults(
            (flags & TFHD_DURATION) != 0 ? tfhd.u32() : movie.durationTicks(),
            (flags & TFHD_SIZE) != 0 ? tfhd.u32() : movie.sizeBytes(),
            (flags & TFHD_FLAGS) != 0 ? tfhd.s32() : movie.flags());

    BoxFields tfdt = new BoxReader(boxes).find(BoxType.TFDT);
    long time = nextDecodeTime.getOrDefault(track, 0L);
    if (tfdt != null) {
      int version = tfdt.version();
      tfdt.flags();
      time = tfdt.time(version);
    }
    dataEnd = base;
    BoxReader runs = new BoxReader(boxes);
    while (runs.next()) {
      if (runs.type() == BoxType.TRUN) {
        time = run(runs.fields(), track, base, defaults, time);
      }
    }
    nextDecodeTime.put(track, time);
  }

  private long run(BoxFields trun, int track, long base, SampleDefaults defaults, long start) {
    int version = trun.version();
    int flags = trun.flags();
    int count = trun.count(4 * Integer.bitCount(flags & 0xF00));
    if (count > MAX_SAMPLES - samples.size()) {
      throw Mp4Errors.malformed("a fragment of too many samples");
    }
    long offset = (flags & TRUN_DATA_OFFSET) != 0 ? base + trun.s32() : dataEnd;
    boolean hasFirstFlags = (flags & TRUN_FIRST_FLAGS) != 0;
    int firstFlags = hasFirstFlags ? trun.s32() : 0;
    long time = start;
    for (int i = 0; i < count; i++) {
      long duration = (flags & TRUN_DURATION) != 0 ? trun.u32() : defaults.durationTicks();
      long size = (flags & TRUN_SIZE) != 0 ? trun.u32() : defaults.sizeBytes();
      int sampleFlags = (flags & TRUN_FLAGS) != 0 ? trun.s32() : defaults.flags();
      if (i == 0 && hasFirstFlags) {
        sampleFlags = firstFlags;
      }
      long composition = 0;
      if ((flags & TRUN_COMPOSITION) != 0) {
        composition = version == 0 ? trun.u32() : trun.s32();
      }
      if (size > Integer.MAX_VALUE) {
        throw Mp4Errors.malformed("a sample of " + size + " bytes");
      }
      samples.add(
          new FragmentSample(
              track,
              time + composition,
              time,
              duration,
              SampleDefaults.isKeyFrame(sampleFlags),
              offset,
              (int) size));
      offset += size;
      time += duration;
    }
    dataEnd = offset;
    return time;
  }
}
