package kg.sakchy.media.mp4;

/**
 * A sample of a fragment.
 *
 * @param track track id
 * @param pts presentation time, in the track's timescale
 * @param dts decoding time, in the track's timescale
 * @param duration in the track's timescale
 * @param keyFrame whether decoding can begin here
 * @param offset of its first byte from the beginning of the {@code moof} box
 * @param sizeBytes its size
 */
public record FragmentSample(
    int track, long pts, long dts, long duration, boolean keyFrame, long offset, int sizeBytes) {}
