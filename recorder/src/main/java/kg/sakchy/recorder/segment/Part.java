package kg.sakchy.recorder.segment;

import java.time.Instant;
import kg.sakchy.media.mp4.Fragment;

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
public record Part(
    Fragment media, boolean keyFrame, long ticks, int frames, long packetsLost, Instant end) {}
