package kg.sakchy.core;

import java.util.List;
import java.util.function.Consumer;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventLog;

/** An event log that breaks, or becomes endlessly slow, at the flick of a {@link FaultSwitch}. */
public final class FailingEventLog implements EventLog {
  private final EventLog log;
  private final FaultSwitch faults;

  public FailingEventLog(EventLog log, FaultSwitch faults) {
    this.log = log;
    this.faults = faults;
  }

  @Override
  public void append(List<CameraEvent> events) {
    faults.pass();
    log.append(events);
  }

  @Override
  public List<Entry> find(Query query) {
    faults.pass();
    return log.find(query);
  }

  @Override
  public void onAppend(Consumer<List<Entry>> listener) {
    log.onAppend(listener);
  }
}
