package kg.sakchy.core.edge;

import java.time.Duration;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.time.TimeRange;

/**
 * A stretch that a camera holds on its own storage.
 *
 * @param stream whose gap it can fill
 * @param range in the server's time: the camera's, corrected by {@code clockOffset}
 * @param replay address of the RTSP replay, with the camera's login
 * @param clockOffset the camera's clock minus ours: what the replay's times are wrong by
 */
public record EdgeSpan(
    StreamId stream, TimeRange range, StreamSource replay, Duration clockOffset) {}
