package kg.sakchy.onvif.registration;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.device.CameraImportStore.Entry;
import kg.sakchy.core.device.CameraImports.Row.Outcome;
import kg.sakchy.core.device.CameraImports.Run;

/** Counts the results of a run as they come, all of rows that waited. Threads: for one thread. */
final class RunTally {
  private final Run begun;
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

  RunTally(Run begun) {
    this.begun = begun;
    counts.put(Outcome.REGISTERED, begun.registered());
    counts.put(Outcome.UPDATED, begun.updated());
    counts.put(Outcome.UNCHANGED, begun.unchanged());
    counts.put(Outcome.FAILED, begun.failed());
  }

  /** The run with these results added. */
  Run with(List<Entry> results) {
    results.forEach(result -> counts.merge(result.row().outcome(), 1, Integer::sum));
    int registered = counts.getOrDefault(Outcome.REGISTERED, 0);
    int updated = counts.getOrDefault(Outcome.UPDATED, 0);
    int unchanged = counts.getOrDefault(Outcome.UNCHANGED, 0);
    int failed = counts.getOrDefault(Outcome.FAILED, 0);
    return new Run(
        begun.id(),
        begun.fileName(),
        begun.dryRun(),
        Run.State.RUNNING,
        begun.rows(),
        registered + updated + unchanged + failed,
        registered,
        updated,
        unchanged,
        failed,
        begun.startedAt(),
        null);
  }
}
