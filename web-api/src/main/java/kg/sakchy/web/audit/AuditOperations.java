package kg.sakchy.web.audit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Rfc3339;

/** Shows auditors who did what, and hands them the proof. That they looked is recorded as well. */
public final class AuditOperations {
  private static final int PAGE = 100;
  private static final TimeRange EVER =
      new TimeRange(
          Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));

  private final AuditLog log;
  private final AuditEvidence evidence;
  private final Actors actors;
  private final VmsClock clock;

  public AuditOperations(AuditLog log, AuditEvidence evidence, Actors actors, VmsClock clock) {
    this.log = log;
    this.evidence = evidence;
    this.actors = actors;
    this.clock = clock;
  }

  /** One page of records, the newest first. */
  public Answer list(Call call) {
    int limit = call.integer("limit", PAGE);
    String action = call.parameter("action");
    AuditLog.Query query =
        new AuditLog.Query(
            call.parameter("actor"),
            call.parameter("object"),
            action == null
                ? Set.of()
                : Set.of(AuditAction.valueOf(action.toUpperCase(Locale.ROOT))),
            range(call),
            call.number("before", Long.MAX_VALUE),
            limit);
    record(call, "listAudit", call.query());
    List<AuditLog.Entry> found = log.find(query);
    JsonArray items = new JsonArray();
    found.forEach(entry -> items.add(json(entry)));
    return Answer.json(
        new JsonObject()
            .put("items", items)
            .put("next", found.size() < limit ? null : found.getLast().number()));
  }

  /** A signed checkpoint of all records of now. */
  public Answer checkpoint(Call call) {
    return Answer.of(
        200, "text/plain;charset=utf-8", Map.of(), Buffer.buffer(evidence.checkpoint()));
  }

  /** That a record is in the log of a checkpoint. */
  public Answer inclusion(Call call) {
    return proof(evidence.inclusion(call.number("record", 0), call.number("size", 0)));
  }

  /** That the log of a checkpoint goes on from an older one. */
  public Answer consistency(Call call) {
    return proof(evidence.consistency(call.number("older", 0), call.number("newer", 0)));
  }

  private static Answer proof(List<Bytes> hashes) {
    JsonArray written = new JsonArray();
    hashes.forEach(hash -> written.add(HexFormat.of().formatHex(hash.toByteArray())));
    return Answer.json(new JsonObject().put("hashes", written));
  }

  /** Everything, as a file that can be verified anywhere. */
  public Answer export(Call call) {
    long after = call.number("after", 0);
    record(call, "exportAudit", call.query());
    try {
      Path file = exported(after);
      long length = Files.size(file);
      InputStream content = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
      return new Answer.Download(
          200,
          Map.of(
              "Content-Type",
              "application/jsonl",
              "Content-Disposition",
              "attachment; filename=\"audit-%s.jsonl\"".formatted(Rfc3339.compact(clock.now()))),
          length,
          () -> content);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the export cannot be written", e);
    }
  }

  /** In a file of its own, because the length of an answer is told before its first byte. */
  private Path exported(long after) throws IOException {
    Path file = Files.createTempFile("sakchy-audit", ".jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      evidence.export(after, out);
      return file;
    } catch (IOException | RuntimeException e) {
      Files.delete(file);
      throw e;
    }
  }

  private void record(Call call, String operation, Map<String, String> query) {
    TreeMap<String, String> details = new TreeMap<>(query);
    details.put("operation", operation);
    Actor actor = actors.of(call);
    log.append(
        new AuditEvent(
            clock.now(),
            actor.name(),
            actor.origin(),
            AuditAction.READ_AUDIT,
            "audit",
            "",
            AuditEvent.Result.DONE,
            details));
  }

  private static TimeRange range(Call call) {
    Instant from = Objects.requireNonNullElse(call.moment("from"), EVER.start());
    Instant to = Objects.requireNonNullElse(call.moment("to"), EVER.end());
    if (!from.isBefore(to)) {
      throw new VmsException(
              ErrorKind.INVALID_ARGUMENT,
              "the range must end after it begins: " + from + " to " + to)
          .with(Problem.FIELD, "to");
    }
    return new TimeRange(from, to);
  }

  private static JsonObject json(AuditLog.Entry entry) {
    AuditEvent event = entry.event();
    JsonObject details = new JsonObject();
    event.details().forEach(details::put);
    return new JsonObject()
        .put("number", entry.number())
        .put("at", Rfc3339.format(event.at()))
        .put("actor", event.actor())
        .put("origin", event.origin())
        .put("action", event.action().code())
        .put("object", event.object())
        .put("reason", event.reason())
        .put("result", event.result().code())
        .put("details", details)
        .put("replay", Replays.of(event));
  }
}
