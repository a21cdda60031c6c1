package kg.sakchy.media.mp4;

/**
 * What a sample of a fragment is when its run does not say (ISO/IEC 14496-12 §8.8.3 {@code trex}).
 *
 * @param durationTicks in the track's timescale
 * @param sizeBytes of a sample
 * @param flags sample flags, §8.8.3.1
 */
public record SampleDefaults(long durationTicks, long sizeBytes, int flags) {
  public static final SampleDefaults NONE = new SampleDefaults(0, 0, 0);

  /** Bit of the sample flags that is set for every sample at which decoding cannot begin. */
  private static final int NON_SYNC = 0x0001_0000;

  static boolean isKeyFrame(int flags) {
    return (flags & NON_SYNC) == 0;
  }
}
