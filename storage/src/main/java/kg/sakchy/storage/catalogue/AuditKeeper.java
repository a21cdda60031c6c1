package kg.sakchy.storage.catalogue;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.lifecycle.Rounds;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.audit.Checkpoint;
import kg.sakchy.storage.audit.CheckpointFile;
import kg.sakchy.storage.audit.CheckpointKey;
import kg.sakchy.storage.audit.SignedNote;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what the audit log is, every ten minutes and after a thousand records, keeps the newest
 * checkpoint in a file beside the database, and drops the oldest whole days when their time is
 * over. When the database does not fit the file, it was put back to an older state, or changed:
 * that is recorded, and the file keeps the proof.
 *
 * <p>Threads: safe for use by many threads; has one of its own.
 */
final class AuditKeeper implements AuditEvidence, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditKeeper.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final long EVERY_RECORDS = 1_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
  private static final int DAYS_AHEAD = 3;

  private final Database database;
  private final PostgresAuditLog log;
  private final AuditArchive archive;
  private final DayPartitions partitions;
  private final AuditRetention retention;
  private final CheckpointKey key;
  private final CheckpointFile file;
  private final VmsClock clock;
  private final ReentrantLock signing = new ReentrantLock();
  private final Rounds rounds;
  private boolean compared;
  private volatile long signed;

  /**
   * Begins to look after the log.
   *
   * @param directory where the key and the newest checkpoint are kept
   * @param days for how many whole days records are kept
   */
  AuditKeeper(
      Database database,
      PostgresAuditLog log,
      DayPartitions partitions,
      Path directory,
      int days,
      VmsClock clock) {
    this.database = database;
    this.log = log;
    this.partitions = partitions;
    this.clock = clock;
    archive = new AuditArchive(database);
    key = CheckpointKey.in(directory.resolve(Catalogue.AUDIT_KEY));
    file = new CheckpointFile(directory.resolve(Catalogue.AUDIT_CHECKPOINTS));
    retention = new AuditRetention(database, log, partitions, this::write, days, clock);
    rounds = Rounds.every("audit-keeper", EVERY, this::round);
    log.onAppend(this::appended);
  }

  @Override
  public String key() {
    return key.verifier().toString();
  }

  @Override
  public String checkpoint() {
    return keep().text();
  }

  @Override
  public List<Bytes> inclusion(long number, long size) {
    return archive.inclusion(number, size);
  }

  @Override
  public List<Bytes> consistency(long from, long to) {
    return archive.consistency(from, to);
  }

  @Override
  public void export(long after, OutputStream out) {
    archive.export(after, keep(), out);
  }

  /** Asks for a round now. */
  void wake() {
    rounds.wake();
  }

  private void appended(long size) {
    if (size - signed >= EVERY_RECORDS) {
      wake();
    }
  }

  /** The checkpoint of all records of now, made if there is none. */
  private SignedNote sign() {
    return database.inTransaction(
        "signing the audit", handle -> write(handle, AuditHead.last(handle)));
  }

  /** Signs the log up to there, unless this key has done so. */
  private SignedNote write(Handle handle, AuditHead head) {
    long size = head.tree().size();
    return handle
        .select("select note from audit_checkpoints where size = ? and key = ?", size, key())
        .mapTo(String.class)
        .findOne()
        .map(SignedNote::parse)
        .orElseGet(
            () -> {
              Checkpoint checkpoint =
                  new Checkpoint(
                      AuditHead.origin(handle),
                      size,
                      head.tree().root(),
                      clock.now().truncatedTo(ChronoUnit.SECONDS));
              SignedNote note = SignedNote.sign(checkpoint, key);
              handle.execute(
                  "insert into audit_checkpoints (size, key, at_us, note) values (?, ?, ?, ?)"
                      + " on conflict do nothing",
                  size,
                  key(),
                  Micros.of(checkpoint.time()),
                  note.text());
              return note;
            });
  }

  private void round() {
    try {
      LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
      partitions.makeAhead(today, DAYS_AHEAD);
      keep();
      retention.drop(today);
    } catch (VmsException e) {
      LOG.atDebug().setCause(e).log("the audit waits for the next round");
    }
  }

  /** Signs, and keeps the checkpoint beside the database as well. */
  private SignedNote keep() {
    signing.lock();
    try {
      boolean fits = compared || compareWithFile();
      SignedNote note = sign();
      if (fits) {
        file.replace(note);
      } else {
        file.add(note);
      }
      compared = true;
      signed = note.checkpoint().size();
      return note;
    } finally {
      signing.unlock();
    }
  }

  /** Whether the log went on from what the file says; what it says else is recorded. */
  private boolean compareWithFile() {
    List<SignedNote> kept = file.read();
    if (kept.isEmpty()) {
      log.append(system("the key of checkpoints is new").with("key", key()));
      return true;
    }
    SignedNote newest = kept.getLast();
    if (archive.fits(newest)) {
      return true;
    }
    Checkpoint lost = newest.checkpoint();
    LOG.atError()
        .addKeyValue("records", lost.size())
        .addKeyValue("signedAt", lost.time())
        .log("the audit in the database is older than, or other than, what was signed");
    log.append(
        system("the log does not go on from what was signed")
            .with("records", lost.size())
            .with("root", lost.root())
            .with("signedAt", lost.time()));
    return false;
  }

  private AuditEvent system(String reason) {
    return AuditRetention.system(clock.now(), reason);
  }

  @Override
  public void close() {
    rounds.wake(); // what was written last is signed too
    rounds.close(CLOSE_LIMIT); // it may hang in a statement
  }
}
