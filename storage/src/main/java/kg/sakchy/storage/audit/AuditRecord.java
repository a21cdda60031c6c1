package kg.sakchy.storage.audit;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.unit.Bytes;

/**
 * An event at its place in the log.
 *
 * @param number from 1, without holes
 * @param previous hash of the record before it, {@link Hashes#NONE} for the first
 * @param hash of this record as it was written; {@link #computed()} says whether it still is
 */
public record AuditRecord(long number, AuditEvent event, Bytes previous, Bytes hash) {
  private static final long VERSION = 1;

  /** UTC with six digits of the second, always. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The record that follows the one of that hash. */
  public static AuditRecord next(long number, AuditEvent event, Bytes previous) {
    return new AuditRecord(number, event, previous, hash(number, event, previous));
  }

  /** The hash of what the record says now. */
  public Bytes computed() {
    return hash(number, event, previous);
  }

  /** The canonical form, whose UTF-8 bytes are hashed. */
  public String canonical() {
    return canonical(number, event, previous);
  }

  /** The details as canonical JSON. */
  public static String details(SortedMap<String, String> details) {
    return CanonicalJson.of(details);
  }

  private static Bytes hash(long number, AuditEvent event, Bytes previous) {
    return Hashes.leaf(canonical(number, event, previous).getBytes(StandardCharsets.UTF_8));
  }

  private static String canonical(long number, AuditEvent event, Bytes previous) {
    return new CanonicalJson()
        .begin()
        .text("action", event.action().code())
        .text("actor", event.actor())
        .text("at", TIME.format(event.at()))
        .texts("details", event.details())
        .number("number", number)
        .text("object", event.object())
        .text("origin", event.origin())
        .text("previous", HexFormat.of().formatHex(previous.toByteArray()))
        .text("reason", event.reason())
        .text("result", event.result().code())
        .number("version", VERSION)
        .end()
        .toString();
  }
}
