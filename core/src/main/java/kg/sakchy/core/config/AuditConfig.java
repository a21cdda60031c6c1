package kg.sakchy.core.config;

/**
 * The record of who did what.
 *
 * @param retentionDays for how many whole days records are kept, 30 to 36,500
 */
public record AuditConfig(int retentionDays) {
  /** Six years, as the strictest of the laws that were looked at asks. */
  public static final AuditConfig DEFAULTS = new AuditConfig(2_192);

  public AuditConfig {
    ConfigChecks.between("audit.retentionDays", retentionDays, 30, 36_500);
  }
}
