package kg.sakchy.core.config;

import java.time.Duration;

/**
 * The recorder.
 *
 * @param segment target length of a segment, 1 s to 10 min; it ends at the first key frame after it
 * @param part longest part (one moof), 100 ms to 2 s; what a crash can cost
 * @param spoolLimitMiB most that may wait in the spool before recording stops, 64 MiB or more
 * @param spoolReserveMiB free space on the spool's disk below which recording stops too
 * @param uploads segments uploaded at a time, 1 to 64
 * @param memoryLimitMiB most media that may wait in memory for a slow disk, over all streams; what
 *     comes beyond is a gap with cause storage
 * @param retentionDays how long segments are kept where the camera does not say otherwise
 * @param maxUsedPercent above this share of the object store's space the oldest segments go early;
 *     only where the store tells its size
 */
public record RecordingConfig(
    Duration segment,
    Duration part,
    int spoolLimitMiB,
    int spoolReserveMiB,
    int uploads,
    int memoryLimitMiB,
    int retentionDays,
    int maxUsedPercent) {
  public static final RecordingConfig DEFAULTS =
      new RecordingConfig(
          Duration.ofSeconds(60), Duration.ofMillis(500), 20_480, 512, 4, 256, 30, 90);

  public RecordingConfig {
    ConfigChecks.between(
        "recording.segment", segment, Duration.ofSeconds(1), Duration.ofMinutes(10));
    ConfigChecks.between("recording.part", part, Duration.ofMillis(100), Duration.ofSeconds(2));
    ConfigChecks.between("recording.spoolLimitMiB", spoolLimitMiB, 64, Integer.MAX_VALUE);
    ConfigChecks.between("recording.spoolReserveMiB", spoolReserveMiB, 0, Integer.MAX_VALUE);
    ConfigChecks.between("recording.uploads", uploads, 1, 64);
    ConfigChecks.between("recording.memoryLimitMiB", memoryLimitMiB, 16, Integer.MAX_VALUE);
    ConfigChecks.between("recording.retentionDays", retentionDays, 1, 36_500);
    ConfigChecks.between("recording.maxUsedPercent", maxUsedPercent, 10, 99);
  }
}
