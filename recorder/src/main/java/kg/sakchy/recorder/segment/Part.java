package kg.sakchy.recorder.segment;

import java.time.Instant;

/**
 * One muxed part.
 *
 * @param media {@code moof} and {@code mdat}
 * @param keyFrame whether decoding can begin here
 * @param ticks presentation time of its first video frame since the segment's first, 90 kHz
 * @param frames video frames
 * @param packetsLost RTP packets missing in it
 * @param end UTC of the end of its last frame
 */
@SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
public record Part(
    byte[] media, boolean keyFrame, long ticks, int frames, long packetsLost, Instant end) {}
