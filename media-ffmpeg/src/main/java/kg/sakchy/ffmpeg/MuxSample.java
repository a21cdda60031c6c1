package kg.sakchy.ffmpeg;

/**
 * One sample for {@link PartMuxer}. Times are ticks of the track's clock rate and count from the
 * beginning of the run.
 *
 * @param track index into the stream format's tracks
 * @param pts presentation time, not before {@code dts}
 * @param dts decoding time, 0 or more, strictly rising within a track
 * @param duration until the next sample of the track, 1 or more; it counts for the last sample of a
 *     part only, since between samples the difference of their {@code dts} does
 * @param keyFrame whether decoding can begin here; true for sound
 * @param data as {@link kg.sakchy.core.stream.AccessUnit#data()}; only read
 */
@SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
public record MuxSample(
    int track, long pts, long dts, long duration, boolean keyFrame, byte[] data) {}
