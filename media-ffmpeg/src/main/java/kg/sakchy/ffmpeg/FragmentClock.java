package kg.sakchy.ffmpeg;

/**
 * One track's time inside the muxer, which has no holes and never goes back, whatever the samples'
 * times do between fragments. FFmpeg's muxer wants it so: it takes the end of the last sample for
 * the beginning of the next fragment and "corrects" a decoding time that is earlier, or later by
 * more than 31 bits.
 */
final class FragmentClock {
  private static final long NONE = -1;

  /** Muxer time at which the last sample ends. */
  private long end;

  /** Given time of the fragment's first sample. */
  private long origin = NONE;

  /** Muxer time of the fragment's first sample. */
  private long base;

  void beginFragment() {
    origin = NONE;
  }

  /** The muxer time of the next sample. */
  long toMuxer(long dts, long duration) {
    if (origin == NONE) {
      origin = dts;
      base = end;
    }
    long muxed = base + dts - origin;
    end = muxed + duration;
    return muxed;
  }

  /** Given decoding time of the fragment's first sample; it has one. */
  long origin() {
    return origin;
  }
}
