package kg.sakchy.web.audit;

import java.util.HashMap;
import java.util.Map;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.http.Operation;

/** Puts the audit around the operations of the contract, and adds its own. */
public final class AuditRoutes {
  private final AuditedActs acts;
  private final WatchedPictures pictures;
  private final AuditOperations operations;

  public AuditRoutes(
      AuditLog log, AuditEvidence evidence, LastingActs lasting, Actors actors, VmsClock clock) {
    acts = new AuditedActs(log, actors, clock);
    pictures = new WatchedPictures(lasting, actors, clock);
    operations = new AuditOperations(log, evidence, actors, clock);
  }

  /** The operations of others recorded, by operation id, and those that show the audit. */
  public Map<String, Operation> around(Map<String, Operation> others) {
    Map<String, Operation> all = new HashMap<>(pictures.over(acts.over(others)));
    all.put("listAudit", operations::list);
    all.put("getAuditCheckpoint", operations::checkpoint);
    all.put("proveAuditInclusion", operations::inclusion);
    all.put("proveAuditConsistency", operations::consistency);
    all.put("exportAudit", operations::export);
    return all;
  }
}
