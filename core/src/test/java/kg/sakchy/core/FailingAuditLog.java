package kg.sakchy.core;

import java.util.List;
import java.util.function.Supplier;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;

/** An audit log that breaks, or becomes endlessly slow, at the flick of a {@link FaultSwitch}. */
public final class FailingAuditLog implements AuditLog {
  private final AuditLog log;
  private final FaultSwitch faults;

  public FailingAuditLog(AuditLog log, FaultSwitch faults) {
    this.log = log;
    this.faults = faults;
  }

  @Override
  public void append(AuditEvent event) {
    faults.pass();
    log.append(event);
  }

  @Override
  public <T> T inOneAct(AuditEvent event, Supplier<T> act) {
    faults.pass();
    return log.inOneAct(event, act);
  }

  @Override
  public List<Entry> find(Query query) {
    faults.pass();
    return log.find(query);
  }
}
