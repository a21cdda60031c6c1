package kg.sakchy.gateway.server.playback;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.server.delivery.ServerMetrics;

/**
 * What all sessions that play the archive share.
 *
 * @param room how many may play at the same time
 * @param patience how long a client may take nothing at all
 */
public record PlaybackContext(
    Archive archive,
    VmsClock clock,
    RandomGenerator random,
    Semaphore room,
    Duration patience,
    ServerMetrics metrics) {}
