package kg.sakchy.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ObjectStoreContract;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.audit.AuditFinding.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export of 100,000 records with a checkpoint each thousand, and what somebody does to it. */
class AuditVerifierTest {
  private static final int RECORDS = 100_000;
  private static final int EVERY = 1_000;
  private static final Instant T0 = Instant.parse("2026-11-22T00:00:00Z");

  @TempDir private static Path directory;
  private static CheckpointKey key;
  private static List<String> lines;
  private static MerkleFrontier half = MerkleFrontier.EMPTY;
  private static Bytes halfHash = Hashes.NONE;

  @BeforeAll
  static void export() {
    key = CheckpointKey.in(directory.resolve("audit.key"));
    lines = export(0, MerkleFrontier.EMPTY, Hashes.NONE, RECORDS);
  }

  private static List<String> export(int after, MerkleFrontier start, Bytes startHash, int upTo) {
    MerkleFrontier tree = start;
    Bytes hash = startHash;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    AuditExportWriter writer = new AuditExportWriter(body);
    SignedNote note = note(tree);
    for (int i = after + 1; i <= upTo; i++) {
      AuditRecord record = AuditRecord.next(i, event(i), hash);
      hash = record.hash();
      tree = tree.add(hash);
      writer.record(record);
      if (i % EVERY == 0 || i == upTo) {
        note = note(tree);
        writer.checkpoint(note.text());
      }
      if (i == RECORDS / 2) {
        half = tree;
        halfHash = hash;
      }
    }
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    new AuditExportWriter(head).begin(start, startHash, note, List.of(key.verifier()));
    List<String> all = new ArrayList<>(head.toString(StandardCharsets.UTF_8).lines().toList());
    all.addAll(body.toString(StandardCharsets.UTF_8).lines().toList());
    return all;
  }

  private static SignedNote note(MerkleFrontier tree) {
    return SignedNote.sign(new Checkpoint("log", tree.size(), tree.root(), T0), key);
  }

  private static AuditEvent event(int number) {
    return AuditEvent.of(
            T0.plusSeconds(number),
            "operator-" + number % 50,
            "session from 10.1.2.3",
            AuditAction.VIEW_LIVE,
            "camera " + number % 300,
            AuditEvent.Result.DONE)
        .with("seconds", number);
  }

  @Test
  void whatNobodyTouchedIsProven() {
    AuditReport report = verify(lines);
    assertThat(report.isClean()).isTrue();
    assertThat(report.first()).isEqualTo(1);
    assertThat(report.last()).isEqualTo(RECORDS);
    assertThat(report.provenUpTo()).isEqualTo(RECORDS);
    assertThat(report.provenAt()).isEqualTo(T0);
  }

  @Test
  void aLogWhoseBeginningWasDroppedIsProvenFromThere() {
    List<String> rest = export(RECORDS / 2, half, halfHash, RECORDS);
    AuditReport report = verify(rest);
    assertThat(report.isClean()).isTrue();
    assertThat(report.first()).isEqualTo(RECORDS / 2 + 1);
    assertThat(report.provenUpTo()).isEqualTo(RECORDS);
    String other = "a".repeat(64);
    rest.set(
        0,
        rest.getFirst().replaceFirst("\"startPeaks\":\"[0-9a-f]{64}", "\"startPeaks\":\"" + other));
    assertThat(verify(rest).findings().getFirst().kind()).isEqualTo(Kind.NOT_WHAT_WAS_SIGNED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 1_001, 54_321, 100_000})
  void aChangedRecordIsNamedAndTheOthersStayProven(int number) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(line(number), record(number).replaceFirst("operator-", "operatox-"));
    AuditReport report = verify(changed);
    assertThat(report.findings())
        .singleElement()
        .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.CHANGED))
        .satisfies(found -> assertThat(found.number()).isEqualTo(number));
    assertThat(report.provenUpTo()).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 54_321})
  void aRecordWrittenAnewIsNamed(int number) {
    List<String> changed = new ArrayList<>(lines);
    String body =
        record(number)
            .substring(0, record(number).length() - 1)
            .replaceFirst("^.*?\"record\":", "")
            .replaceFirst("operator-", "operatox-");
    String hash = Hashes.leaf(body.getBytes(StandardCharsets.UTF_8)).toString();
    changed.set(line(number), "{\"hash\":\"" + hash + "\",\"record\":" + body + "}");
    AuditReport report = verify(changed);
    assertThat(report.findings().getFirst().kind()).isIn(Kind.REPLACED, Kind.NOT_WHAT_WAS_SIGNED);
    assertThat(report.findings())
        .anyMatch(found -> found.kind() == Kind.REPLACED && found.number() == number);
    assertThat(report.provenUpTo()).isLessThan(number);
  }

  @Test
  void aLogWrittenAnewFromSomewhereOnIsNotWhatWasSigned() {
    List<String> forged = new ArrayList<>(lines.subList(0, line(40_500)));
    Bytes hash = Bytes.copyOf(java.util.HexFormat.of().parseHex(record(40_499).substring(9, 73)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AuditExportWriter writer = new AuditExportWriter(out);
    for (int i = 40_500; i <= RECORDS; i++) {
      AuditRecord record = AuditRecord.next(i, event(i + 7), hash);
      hash = record.hash();
      writer.record(record);
    }
    forged.addAll(out.toString(StandardCharsets.UTF_8).lines().toList());
    AuditReport report = verify(forged);
    assertThat(report.findings())
        .singleElement()
        .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.NOT_WHAT_WAS_SIGNED));
    assertThat(report.provenUpTo()).isEqualTo(40_000);
  }

  @Test
  void aDeletedRecordIsNamedAndTheOthersStayProven() {
    List<String> less = new ArrayList<>(lines);
    less.remove(line(54_321));
    AuditReport report = verify(less);
    assertThat(report.findings())
        .containsExactly(new AuditFinding(Kind.MISSING, 54_321, "record 54321 is missing"));
    assertThat(report.provenUpTo()).isEqualTo(RECORDS);
  }

  @Test
  void severalDeletedRecordsAreNamed() {
    List<String> less = new ArrayList<>(lines);
    less.subList(line(54_321), line(54_331)).clear();
    AuditReport report = verify(less);
    assertThat(report.findings())
        .containsExactly(
            new AuditFinding(Kind.MISSING, 54_321, "records 54321 to 54330 are missing"));
    assertThat(report.provenUpTo()).isEqualTo(54_000);
  }

  @Test
  void aChangedOrderIsFound() {
    List<String> swapped = new ArrayList<>(lines);
    java.util.Collections.swap(swapped, line(700), line(701));
    assertThat(verify(swapped).findings())
        .anyMatch(found -> found.kind() == Kind.OUT_OF_ORDER && found.number() == 700);
  }

  @Test
  void aCutOffEndIsFound() {
    assertThat(verify(lines.subList(0, line(99_001))).findings())
        .containsExactly(
            new AuditFinding(
                Kind.MISSING,
                99_001,
                "records 99001 to 100000 are missing at the end: they were signed at " + T0));
  }

  @Test
  void anOlderExportIsFoundByACheckpointKeptElsewhere() {
    List<String> older = export(0, MerkleFrontier.EMPTY, Hashes.NONE, 3_000);
    assertThat(verify(older).isClean()).isTrue();
    SignedNote kept = SignedNote.parse(checkpointOf(lines));
    AuditReport report =
        AuditExportReader.verify(stream(older), List.of(key.verifier()), List.of(kept));
    assertThat(report.findings())
        .singleElement()
        .satisfies(found -> assertThat(found.number()).isEqualTo(3_001));
  }

  @Test
  void whatAnotherKeySignedIsNotBelieved() {
    CheckpointKey other = CheckpointKey.in(directory.resolve("other.key"));
    AuditReport report =
        AuditExportReader.verify(stream(lines), List.of(other.verifier()), List.of());
    assertThat(report.provenUpTo()).isZero();
    assertThat(report.findings()).hasSize(AuditVerifier.MOST_FINDINGS);
    assertThat(report.found()).isEqualTo(2 + RECORDS / EVERY);
  }

  @Test
  void rubbishBetweenRecordsIsTold() {
    List<String> more = new ArrayList<>(lines.subList(0, line(3)));
    more.add("{\"hash\":\"\",\"record\":{}}");
    more.add("x".repeat(3 << 20));
    more.add(record(3).replace("\"number\":3", "\"number\":9999999999999999"));
    more.addAll(lines.subList(line(3), lines.size()));
    AuditReport report = verify(more);
    assertThat(report.findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.UNREADABLE, Kind.UNREADABLE, Kind.UNREADABLE);
    assertThat(report.provenUpTo()).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"format\":\"sakchy-audit\",\"version\":1}", "\u0000"})
  void whatIsNoExportIsRefused(String text) {
    ObjectStoreContract.assertFails(ErrorKind.INVALID_ARGUMENT, () -> verify(List.of(text)));
  }

  private static AuditReport verify(List<String> text) {
    return AuditExportReader.verify(stream(text), List.of(), List.of());
  }

  private static ByteArrayInputStream stream(List<String> text) {
    return new ByteArrayInputStream(String.join("\n", text).getBytes(StandardCharsets.UTF_8));
  }

  private static String checkpointOf(List<String> export) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper()
          .readTree(export.getFirst())
          .path("checkpoint")
          .asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** The line of a record: after the head, the records and checkpoints before it. */
  private static int line(int number) {
    return number + (number - 1) / EVERY;
  }

  private static String record(int number) {
    return lines.get(line(number));
  }
}
