package kg.sakchy.server.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param cameras how many streams, 1 or more
 * @param source RTSP address in which {@code {n}} stands for 1 to {@code cameras}, or {@link #SIM}
 * @param warmUp time between the registration and the beginning of the measurement
 * @param duration length of the measurement
 * @param versusFfmpeg whether to measure one {@code ffmpeg -c copy} process per camera afterwards,
 *     on the same sources
 * @param configFile configuration of the server, or null for the defaults; its data directory is
 *     replaced by a temporary one
 */
public record IngestOptions(
    int cameras,
    String source,
    Duration warmUp,
    Duration duration,
    boolean versusFfmpeg,
    @Nullable Path configFile) {
  /** Simulated cameras in a process of their own. */
  public static final String SIM = "sim";
}
