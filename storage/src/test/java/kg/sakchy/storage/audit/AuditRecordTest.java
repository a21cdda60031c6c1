package kg.sakchy.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;

class AuditRecordTest {
  /** RFC 8785 §3.2.2.2 and §3.2.3: escapes and the order of the RFC's own examples. */
  private static final AuditEvent EVENT =
      new AuditEvent(
          Instant.parse("2026-11-22T16:45:00.1Z"),
          "aida",
          "session 4f2a from 10.1.2.3",
          AuditAction.VIEW_ARCHIVE,
          "camera gate",
          "\u20ac$\u000F\nA'B\"\\\\\"/",
          AuditEvent.Result.DONE,
          new TreeMap<>(
              Map.of(
                  "\u20ac", "Euro Sign",
                  "\r", "Carriage Return",
                  "\ufb33", "Hebrew Letter Dalet With Dagesh",
                  "1", "One",
                  "\ud83d\ude00", "Emoji: Grinning Face",
                  "\u0080", "Control",
                  "\u00f6", "Latin Small Letter O With Diaeresis")));

  @Test
  void theCanonicalFormIsThatOfTheFormatPage() {
    AuditRecord record = AuditRecord.next(7, EVENT, Hashes.NONE);
    assertThat(record.canonical())
        .isEqualTo(
            "{\"action\":\"view_archive\",\"actor\":\"aida\",\"at\":\"2026-11-22T16:45:00.100000Z\",\"details\":{\"\\r"
                + "\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin"
                + " Small Letter O With Diaeresis\",\"\u20ac\":\"Euro"
                + " Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter"
                + " Dalet With Dagesh\"},\"number\":7,\"object\":\"camera"
                + " gate\",\"origin\":\"session 4f2a from 10.1.2.3\",\"previous\":\""
                + "0".repeat(64)
                + "\",\"reason\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"result\":\"done\","
                + "\"version\":1}");
    assertThat(record.hash())
        .isEqualTo(Hashes.leaf(record.canonical().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(record.computed());
  }

  @Test
  void anotherReaderOfJsonReadsTheSame() throws JsonProcessingException {
    JsonNode read =
        new ObjectMapper().readTree(AuditRecord.next(7, EVENT, Hashes.NONE).canonical());
    assertThat(read.path("reason").asText()).isEqualTo(EVENT.reason());
    EVENT
        .details()
        .forEach(
            (name, value) -> assertThat(read.path("details").path(name).asText()).isEqualTo(value));
  }

  @Test
  void everyPartIsHashed() {
    AuditRecord record = AuditRecord.next(7, EVENT, Hashes.NONE);
    Bytes hash = record.hash();
    assertThat(AuditRecord.next(8, EVENT, Hashes.NONE).hash()).isNotEqualTo(hash);
    assertThat(AuditRecord.next(7, EVENT.with("more", 1), Hashes.NONE).hash()).isNotEqualTo(hash);
    assertThat(AuditRecord.next(7, EVENT, hash).hash()).isNotEqualTo(hash);
    assertThat(new AuditRecord(7, EVENT.with("1", "Two"), Hashes.NONE, hash).computed())
        .isNotEqualTo(hash);
  }
}
