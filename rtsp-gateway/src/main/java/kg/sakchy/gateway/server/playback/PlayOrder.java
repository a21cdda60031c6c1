package kg.sakchy.gateway.server.playback;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be played.
 *
 * @param start where to begin; the key frame at or before it comes first
 * @param end first moment that is no longer played, behind the start, or before it if backwards;
 *     null to follow the recording, or back to its beginning
 * @param scale how many times faster than real, backwards if negative
 * @param rateControl whether the server keeps the time
 * @param intraOnly whether only key frames are sent
 * @param interval least distance of those key frames
 * @param extension whether packets get the header extension of ONVIF's replay
 * @param cseq of the request, for that extension
 */
record PlayOrder(
    Instant start,
    @Nullable Instant end,
    double scale,
    boolean rateControl,
    boolean intraOnly,
    Duration interval,
    boolean extension,
    int cseq) {
  boolean backwards() {
    return scale < 0;
  }
}
