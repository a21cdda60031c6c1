package kg.sakchy.web.imports;

import kg.sakchy.core.device.CameraImports;
import kg.sakchy.web.http.EventFeed;
import kg.sakchy.web.http.ProgressSteps;
import kg.sakchy.web.http.ServerEvent;

/**
 * Tells one client how far a run is, until it ends: its state now, then each whole percent.
 *
 * <p>Threads: safe for use by many threads.
 */
final class ImportFeed implements EventFeed {
  private final CameraImports imports;
  private final String id;
  private final ProgressSteps steps = new ProgressSteps();
  private boolean begun;

  ImportFeed(CameraImports imports, String id) {
    this.imports = imports;
    this.id = id;
  }

  @Override
  public Subscription open(Sink sink) {
    CameraImports.Watch watch = imports.watch(id, run -> tell(sink, run, true));
    imports.find(id).ifPresent(run -> tell(sink, run, false));
    return watch::close;
  }

  /** What was looked up is older than what the watch has told. */
  private synchronized void tell(Sink sink, CameraImports.Run run, boolean watched) {
    if (begun && !watched) {
      return;
    }
    begun = true;
    boolean ended = run.state() != CameraImports.Run.State.RUNNING;
    if (steps.isNew(run.done(), run.rows()) || ended) {
      sink.send(ServerEvent.of((long) run.done(), ended ? "ended" : "run", ImportJson.of(run)));
    }
    if (ended) {
      sink.end();
    }
  }
}
