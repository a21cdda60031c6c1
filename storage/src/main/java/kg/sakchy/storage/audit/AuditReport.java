package kg.sakchy.storage.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param first number of the first record there should be
 * @param last number of the last record there is, {@code first - 1} when there is none
 * @param provenUpTo all records up to this number are those that were signed; 0 for none. Those
 *     after it fit each other, but nobody can say that they are all
 * @param provenAt when that was signed, or null
 * @param findings what is wrong, at most {@link AuditVerifier#MOST_FINDINGS}
 * @param found how many there are in all
 */
public record AuditReport(
    long first,
    long last,
    long provenUpTo,
    @Nullable Instant provenAt,
    List<AuditFinding> findings,
    long found) {
  public AuditReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return found == 0;
  }
}
