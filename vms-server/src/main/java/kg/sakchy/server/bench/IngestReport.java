package kg.sakchy.server.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param cameras how many streams were recorded
 * @param seconds length of the measurement
 * @param cpuPercentPerCamera of one core: server and embedded database together
 * @param databaseCpuPercentPerCamera the database's share of it
 * @param residentMiBPerCamera growth of the server's memory over the idle server
 * @param idleResidentMiB memory of the idle server, without its database
 * @param megabitsPerSecondPerCamera media received
 * @param counts what went through during the measurement
 * @param outcome what the archive holds afterwards
 * @param baseline one ffmpeg process per camera in the same run, if asked for
 */
public record IngestReport(
    int cameras,
    double seconds,
    double cpuPercentPerCamera,
    double databaseCpuPercentPerCamera,
    double residentMiBPerCamera,
    double idleResidentMiB,
    double megabitsPerSecondPerCamera,
    IngestCounts counts,
    IngestOutcome outcome,
    Optional<Baseline> baseline) {
  /**
   * One ffmpeg process per camera.
   *
   * @param running how many of them were still running at the end
   * @param cpuPercentPerCamera of one core
   * @param residentMiBPerCamera pages of the shared libraries counted in each
   */
  public record Baseline(int running, double cpuPercentPerCamera, double residentMiBPerCamera) {}

  IngestReport versus(Baseline other) {
    return new IngestReport(
        cameras,
        seconds,
        cpuPercentPerCamera,
        databaseCpuPercentPerCamera,
        residentMiBPerCamera,
        idleResidentMiB,
        megabitsPerSecondPerCamera,
        counts,
        outcome,
        Optional.of(other));
  }

  public String toJson() {
    try {
      return new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The figures for people, one line a subject. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "cameras            %d for %.1f s, %.2f Mbit/s each"
            .formatted(cameras, seconds, megabitsPerSecondPerCamera));
    lines.add(
        "CPU per camera     %.3f %% of a core (%.3f %% of it the database)"
            .formatted(cpuPercentPerCamera, databaseCpuPercentPerCamera));
    lines.add(
        "memory per camera  %.2f MiB over the idle server's %.0f MiB"
            .formatted(residentMiBPerCamera, idleResidentMiB));
    lines.add(
        "packets            %d received, %d lost, %d reconnects"
            .formatted(counts.packets(), counts.packetsLost(), counts.reconnects()));
    lines.add("parts              %d written".formatted(counts.parts()));
    lines.add(
        "segments           %d sealed, %d indexed, %.1f s in the gap ledger"
            .formatted(outcome.segmentsSealed(), outcome.segmentsIndexed(), outcome.gapSeconds()));
    baseline.ifPresent(
        other ->
            lines.add(
                "ffmpeg processes   %.3f %% of a core and %.1f MiB each: %.1f times the CPU (%d of %d running)"
                    .formatted(
                        other.cpuPercentPerCamera(),
                        other.residentMiBPerCamera(),
                        other.cpuPercentPerCamera() / cpuPercentPerCamera,
                        other.running(),
                        cameras)));
    return String.join("\n", lines);
  }
}
