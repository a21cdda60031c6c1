package kg.sakchy.storage.catalogue;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.CredentialStore;
import kg.sakchy.core.account.SessionStore;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.storage.audit.AuditReport;
import kg.sakchy.storage.audit.CheckpointFile;
import kg.sakchy.storage.audit.CheckpointKey;
import kg.sakchy.storage.audit.SignedNote;
import kg.sakchy.storage.audit.VerifierKey;
import kg.sakchy.storage.secret.KeysetBox;
import kg.sakchy.storage.secret.SecretBox;
import org.jspecify.annotations.Nullable;

/**
 * The database of the server: cameras as streams and as devices, recordings and gaps, events,
 * imports of tables, who may come in and do what, and the audit.
 *
 * <p>Opening returns at once; connecting, starting the embedded server and bringing the schema up
 * to date go on in the background, and again whenever the database was lost. Until then calls fail
 * with UNAVAILABLE, except that cameras and their ONVIF sides can be read from the copy of the last
 * time.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class Catalogue implements AutoCloseable {
  /** In the data directory: the key that signs checkpoints of the audit. */
  static final String AUDIT_KEY = "audit.key";

  /** In the data directory: the newest checkpoint of the audit. */
  static final String AUDIT_CHECKPOINTS = "audit-checkpoints.txt";

  /** In the data directory: the keys of the secrets that are kept. */
  public static final String SECRET_KEYS = "secrets.key";

  private final Database database;
  private final SecretBox box;
  private final RememberedCameraDirectory cameras;
  private final RememberedCameraRegistry registry;
  private final PostgresRecordingIndex recordings;
  private final PostgresGapLedger gaps;
  private final PostgresEventLog events;
  private final PostgresCameraImportStore imports;
  private final PostgresAuditLog audit;
  private final DayPartitions auditPartitions;
  private final AccessKeeper access;
  private final PostgresOrganisation organisation;
  private final PostgresRoles roles;
  private final PostgresAccountStore accounts;
  private final PostgresCredentialStore credentials;
  private final PostgresSessionStore sessions;
  private final PostgresApiTokenStore tokens;
  private final PostgresApprovalStore approvals;
  private final PartitionKeeper partitionKeeper;
  private final Path dataDir;
  private final VmsClock clock;
  private @Nullable AuditKeeper auditKeeper;

  private Catalogue(Database database, SecretBox box, Path dataDir, int eventDays, VmsClock clock) {
    this.database = database;
    this.box = box;
    this.dataDir = dataDir;
    this.clock = clock;
    StreamNumbers streams = new StreamNumbers();
    Formats formats = new Formats();
    DayPartitions segmentPartitions = new DayPartitions(database, "segments");
    DayPartitions eventPartitions = new DayPartitions(database, "events");
    CameraSecrets secrets = new CameraSecrets(box);
    PostgresCameraDirectory directory = new PostgresCameraDirectory(database, secrets);
    this.recordings =
        new PostgresRecordingIndex(database, streams, segmentPartitions, formats, clock);
    this.gaps = new PostgresGapLedger(database, streams);
    this.events = new PostgresEventLog(database, eventPartitions, clock);
    this.imports = new PostgresCameraImportStore(database);
    this.cameras =
        new RememberedCameraDirectory(directory, dataDir.resolve("cameras.json"), secrets);
    this.registry =
        new RememberedCameraRegistry(
            new PostgresCameraRegistry(database, directory, secrets),
            dataDir.resolve("devices.json"),
            secrets);
    this.auditPartitions = new DayPartitions(database, "audit_records");
    this.audit = new PostgresAuditLog(database, auditPartitions);
    this.access = new AccessKeeper(database, clock);
    directory.onChange(
        (id, camera) -> {
          if (camera == null || camera.version() == 1) {
            access.cameraChanged(id);
          }
        });
    this.organisation = new PostgresOrganisation(database, access);
    this.roles = new PostgresRoles(database, clock, access);
    this.accounts = new PostgresAccountStore(database, clock, access);
    this.credentials = new PostgresCredentialStore(database, box);
    this.sessions = new PostgresSessionStore(database);
    this.tokens = new PostgresApiTokenStore(database);
    this.approvals = new PostgresApprovalStore(database);
    this.partitionKeeper =
        new PartitionKeeper(segmentPartitions, eventPartitions, eventDays, clock);
    database.whenReady(
        () -> {
          streams.forget();
          formats.forget();
          segmentPartitions.forget();
          eventPartitions.forget();
          auditPartitions.forget();
          new SecretSealing(database).sealClear(secrets);
          cameras.refresh();
          registry.refresh();
          access.allChanged();
          partitionKeeper.wake();
        });
  }

  /**
   * Opens the catalogue, which keeps events for as long as the defaults say, and returns without
   * waiting for the database.
   *
   * @param dataDir the embedded server lives below it in {@code db}, the copies of the cameras and
   *     their ONVIF sides in {@code cameras.json} and {@code devices.json}
   * @throws VmsException FAILED_PRECONDITION when the directory cannot be made; UNAVAILABLE or
   *     DATA_LOSS when the keys of the secrets cannot be read
   */
  public static Catalogue open(DatabaseConfig config, Path dataDir, MeterRegistry metrics) {
    return open(config, dataDir, DeviceConfig.DEFAULTS.eventRetentionDays(), metrics);
  }

  /**
   * The same, with a say in how long events are kept.
   *
   * @param eventDays for how many whole days, at least 1
   */
  public static Catalogue open(
      DatabaseConfig config, Path dataDir, int eventDays, MeterRegistry metrics) {
    try {
      Files.createDirectories(dataDir);
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "the data directory cannot be made: " + dataDir, e);
    }
    Database database =
        new Database(DatabaseSource.of(config, dataDir), config.poolSize(), metrics);
    Catalogue catalogue =
        new Catalogue(
            database,
            KeysetBox.in(dataDir.resolve(SECRET_KEYS)),
            dataDir,
            eventDays,
            VmsClock.system());
    database.start();
    return catalogue;
  }

  /** Returns normally when the database can be used, else says in words why not. */
  public void check() {
    database.check();
  }

  /** Waits until the database can be used, at most so long; returns whether it can. */
  public boolean awaitReady(Duration limit) {
    return database.awaitReady(limit);
  }

  /** The cameras; readable also while the database is away. */
  public CameraDirectory cameras() {
    return cameras;
  }

  /** Cameras as devices; ONVIF sides are readable also while the database is away. */
  public CameraRegistry registry() {
    return registry;
  }

  public EventLog events() {
    return events;
  }

  /** Imports of tables, for whoever carries them out. */
  public CameraImportStore imports() {
    return imports;
  }

  public RecordingIndex recordings() {
    return recordings;
  }

  public GapLedger gaps() {
    return gaps;
  }

  /** Who did what. */
  public AuditLog audit() {
    return audit;
  }

  /**
   * Begins to sign the audit and to drop its oldest days; called once. The key that signs, and the
   * newest checkpoint, are kept in the data directory.
   *
   * @param days for how many whole days records are kept
   * @throws VmsException UNAVAILABLE or DATA_LOSS when the key cannot be read or made
   */
  public AuditEvidence keepAudit(int days) {
    AuditKeeper keeper = new AuditKeeper(database, audit, auditPartitions, dataDir, days, clock);
    auditKeeper = keeper;
    database.whenReady(keeper::wake);
    keeper.wake();
    return keeper;
  }

  /**
   * Verifies the audit as it stands in the database, against its checkpoints, the newest checkpoint
   * of the data directory, and others.
   *
   * @param keys whose signatures are believed besides that of the data directory
   * @param elsewhere checkpoints that somebody kept
   * @throws VmsException UNAVAILABLE without the database
   */
  public AuditReport verifyAudit(List<VerifierKey> keys, List<SignedNote> elsewhere) {
    List<VerifierKey> believed = new ArrayList<>(keys);
    if (Files.exists(dataDir.resolve(AUDIT_KEY))) {
      believed.add(CheckpointKey.in(dataDir.resolve(AUDIT_KEY)).verifier());
    }
    List<SignedNote> notes = new ArrayList<>(elsewhere);
    notes.addAll(new CheckpointFile(dataDir.resolve(AUDIT_CHECKPOINTS)).read());
    return new AuditArchive(database).verify(believed, notes);
  }

  /** The tree of units, and which cameras belong to them. */
  public Organisation organisation() {
    return organisation;
  }

  public Roles roles() {
    return roles;
  }

  /**
   * Who may do what, by what stands in the database: it answers from memory and is true again when
   * the call that changed something returns; its listeners hear of it soon after.
   */
  public AccessPolicy policy() {
    return access.policy();
  }

  public AccountStore accounts() {
    return accounts;
  }

  public CredentialStore credentials() {
    return credentials;
  }

  public SessionStore sessions() {
    return sessions;
  }

  public ApiTokenStore tokens() {
    return tokens;
  }

  /** What was asked for and approved by four eyes. */
  public ApprovalStore approvals() {
    return approvals;
  }

  /**
   * Seals every secret again with the newest key, all or none.
   *
   * @return how many
   * @throws VmsException DATA_LOSS when one was sealed by a key that is not there; UNAVAILABLE
   *     without the database
   */
  public int sealSecretsAgain() {
    return new SecretSealing(database).sealAgain(box);
  }

  /** Ends connections, and stops the embedded server. */
  @Override
  public void close() {
    audit.close();
    if (auditKeeper != null) {
      auditKeeper.close();
    }
    access.close();
    partitionKeeper.close();
    registry.close();
    cameras.close();
    database.close();
  }
}
