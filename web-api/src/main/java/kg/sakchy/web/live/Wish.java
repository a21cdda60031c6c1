package kg.sakchy.web.live;

import java.time.Instant;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.live.PlayableCodecs;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer wants to see from now on.
 *
 * @param sequence the client's number of it, repeated in what answers it
 * @param playable what the client can play
 * @param stream which stream of the camera
 * @param at the moment in the past to begin with, or null for the present
 * @param speed of the time shown against the time of the wall: 0.25 to 16
 */
record Wish(
    long sequence, PlayableCodecs playable, StreamName stream, @Nullable Instant at, double speed) {
  /** Faster than this, only key frames are sent: no browser decodes more of the others. */
  private static final double MOST_WITH_ALL_FRAMES = 4;

  boolean keyFramesOnly() {
    return speed > MOST_WITH_ALL_FRAMES;
  }

  /** The same in the present, at the speed at which time passes. */
  Wish inThePresent() {
    return new Wish(sequence, playable, stream, null, 1);
  }
}
