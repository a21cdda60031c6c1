package kg.sakchy.media.mp4;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Writes the fragments of one file (ISO/IEC 14496-12 §8.8) and touches no byte of a sample.
 *
 * <pre>
 * moof { mfhd, traf { tfhd (base is moof), tfdt (64 bits), trun { duration, size, flags, offset } }, ... }
 * mdat { samples of the first track, samples of the second, ... }
 * </pre>
 *
 * <p>In: samples in decoding order within each track; times are ticks of the track's time scale.
 * The decoding time of a track's first sample in a fragment goes into {@code tfdt} as it is,
 * whatever came before; within the fragment the differences of decoding times are the durations.
 *
 * <p>Threads: confined to one thread at a time. Buffers: samples are kept until {@link #end} and
 * handed on in its {@link Fragment}.
 */
public final class FragmentWriter {
  /** {@code tfhd}: data offsets count from the beginning of the moof. */
  private static final int BASE_IS_MOOF = 0x2_0000;

  /** {@code trun}: data offset; duration, size, flags of each sample. */
  private static final int RUN_FIELDS = 0x001 | 0x100 | 0x200 | 0x400;

  /** {@code trun}: composition time offset of each sample. */
  private static final int COMPOSITION = 0x800;

  /** §8.8.3.1: depends on no other sample. */
  private static final int KEY_FRAME = 0x0200_0000;

  /** §8.8.3.1: depends on others, no sync sample. */
  private static final int OTHER_FRAME = 0x0101_0000;

  private static final int BOX_HEADER = 8;

  private final List<Run> runs = new ArrayList<>();
  private int sequence;

  /** What a fragment holds of one track. */
  private static final class Run {
    private final List<Sample> samples = new ArrayList<>();
    private boolean reordered;
    private long bytes;
  }

  @SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
  private record Sample(long pts, long dts, long duration, boolean keyFrame, byte[] data) {}

  /**
   * @param tracks of the file; their ids in it are 1, 2, ...
   */
  public FragmentWriter(int tracks) {
    for (int i = 0; i < tracks; i++) {
      runs.add(new Run());
    }
  }

  /**
   * Adds a sample to the fragment begun.
   *
   * @param track counted from 0
   * @param pts presentation time, not before {@code dts} and at most 2^31-1 ticks after it
   * @param dts decoding time, 0 or more, at most 2^31-1 ticks after that of the sample before
   * @param duration until the next sample; counts for the track's last sample of the fragment only
   */
  public void add(int track, long pts, long dts, long duration, boolean keyFrame, byte[] data) {
    Run run = runs.get(track);
    run.samples.add(new Sample(pts, dts, duration, keyFrame, data));
    run.reordered |= pts != dts;
    run.bytes += data.length;
  }

  /** Forgets the samples added since the last {@link #end}. */
  public void discard() {
    for (Run run : runs) {
      run.samples.clear();
      run.reordered = false;
      run.bytes = 0;
    }
  }

  /**
   * Ends the fragment.
   *
   * @return {@link Fragment#EMPTY} when no sample was added
   * @throws VmsException RESOURCE_EXHAUSTED when it would not fit into 2^31-1 bytes; its samples
   *     are forgotten
   */
  public Fragment end() {
    long media = runs.stream().mapToLong(run -> run.bytes).sum();
    int moofBytes = moofBytes();
    long size = media + moofBytes + BOX_HEADER;
    try {
      if (size > Integer.MAX_VALUE) {
        throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "a fragment of " + size + " bytes");
      }
      return media == 0 ? Fragment.EMPTY : fragment(moofBytes, (int) size);
    } finally {
      discard();
    }
  }

  private Fragment fragment(int moofBytes, int size) {
    BoxWriter boxes = new BoxWriter(moofBytes + BOX_HEADER);
    boxes.box(
        BoxType.MOOF,
        moof -> {
          moof.fullBox(BoxType.MFHD, 0, 0, mfhd -> mfhd.u32(++sequence));
          long offset = moofBytes + (long) BOX_HEADER;
          for (int track = 0; track < runs.size(); track++) {
            Run run = runs.get(track);
            if (!run.samples.isEmpty()) {
              writeTrack(moof, track + 1, run, offset);
              offset += run.bytes;
            }
          }
        });
    boxes.u32(size - moofBytes).u32(BoxType.MDAT);
    List<byte[]> pieces = new ArrayList<>();
    pieces.add(boxes.toByteArray());
    runs.forEach(run -> run.samples.forEach(sample -> pieces.add(sample.data)));
    return new Fragment(pieces, size);
  }

  private static void writeTrack(BoxWriter moof, int id, Run run, long offset) {
    int fields = RUN_FIELDS | (run.reordered ? COMPOSITION : 0);
    moof.box(
        BoxType.TRAF,
        traf ->
            traf.fullBox(BoxType.TFHD, 0, BASE_IS_MOOF, tfhd -> tfhd.u32(id))
                .fullBox(BoxType.TFDT, 1, 0, tfdt -> tfdt.u64(run.samples.getFirst().dts))
                .fullBox(BoxType.TRUN, 0, fields, trun -> writeRun(trun, run, offset)));
  }

  private static void writeRun(BoxWriter trun, Run run, long offset) {
    trun.u32(run.samples.size()).u32(offset);
    for (int i = 0; i < run.samples.size(); i++) {
      Sample sample = run.samples.get(i);
      boolean last = i + 1 == run.samples.size();
      trun.u32(last ? sample.duration : run.samples.get(i + 1).dts - sample.dts)
          .u32(sample.data.length)
          .u32(sample.keyFrame ? KEY_FRAME : OTHER_FRAME);
      if (run.reordered) {
        trun.u32(sample.pts - sample.dts);
      }
    }
  }

  private int moofBytes() {
    int bytes = BOX_HEADER + 16; // mfhd
    for (Run run : runs) {
      if (!run.samples.isEmpty()) {
        int sample = run.reordered ? 16 : 12;
        bytes += BOX_HEADER + 16 + 20 + 20 + sample * run.samples.size(); // traf tfhd tfdt trun
      }
    }
    return bytes;
  }
}
