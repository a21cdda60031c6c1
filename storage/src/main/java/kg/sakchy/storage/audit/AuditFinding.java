package kg.sakchy.storage.audit;

import java.util.Locale;

/**
 * Something that is not as it was written.
 *
 * @param kind of what
 * @param number of the record, or of the first of several; 0 for none
 * @param words what it is, in a sentence that names the records
 */
public record AuditFinding(Kind kind, long number, String words) {
  /** What can be wrong. */
  public enum Kind {
    /** A record says something else than when it was written. */
    CHANGED,
    /** A record was written anew: the next one names another hash. */
    REPLACED,
    /** Records are not there. */
    MISSING,
    /** A record stands at another place. */
    OUT_OF_ORDER,
    /** What stands in the place of a record cannot be read. */
    UNREADABLE,
    /** Records are not those that were signed, though each fits the next. */
    NOT_WHAT_WAS_SIGNED,
    /** A checkpoint cannot be read, or is signed by nobody who is trusted. */
    BAD_CHECKPOINT,
    /** No checkpoint covers any record: anybody may have written them. */
    NOT_SIGNED;

    /** Lower-case name. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
