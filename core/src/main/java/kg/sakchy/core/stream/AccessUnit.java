package kg.sakchy.core.stream;

import java.time.Instant;

/**
 * One coded picture, or one packet of sound, as the camera sent it.
 *
 * <p>Times are ticks of the track's {@link TrackFormat#clockRate()}: the RTP time stamp unwrapped
 * to 64 bits, so differences are exactly what the camera sent. All tracks of a run count from their
 * own origin; {@link SenderReport}s and arrival times relate them.
 *
 * @param track index into {@link StreamFormat#tracks()}
 * @param pts presentation time
 * @param dts decoding time, not after {@code pts}, strictly rising within a track and run
 * @param keyFrame whether decoding can begin here (H.264 IDR, H.265 IRAP, every JPEG, every unit of
 *     sound)
 * @param data the MP4 sample: for H.264 and H.265 each NAL unit behind its length in 4 bytes, NAL
 *     bytes untouched and in the order sent; else the codec's frame. Owned by whoever holds the
 *     unit; nobody changes it
 * @param arrival UTC when its last packet was read, as the machine's clock said
 * @param arrivalNanos the same moment on the monotonic clock
 */
@SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
public record AccessUnit(
    int track,
    long pts,
    long dts,
    boolean keyFrame,
    byte[] data,
    Instant arrival,
    long arrivalNanos) {}
