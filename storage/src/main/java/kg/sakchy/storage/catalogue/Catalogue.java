package kg.sakchy.storage.catalogue;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.time.VmsClock;

/**
 * The database of the server: cameras, recordings and gaps.
 *
 * <p>Opening returns at once; connecting, starting the embedded server and bringing the schema up
 * to date go on in the background, and again whenever the database was lost. Until then calls fail
 * with UNAVAILABLE, except that cameras can be read from the copy of the last time.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class Catalogue implements AutoCloseable {
  private final Database database;
  private final RememberedCameraDirectory cameras;
  private final PostgresRecordingIndex recordings;
  private final PostgresGapLedger gaps;
  private final PartitionKeeper partitionKeeper;

  private Catalogue(Database database, Path dataDir, VmsClock clock) {
    this.database = database;
    StreamNumbers streams = new StreamNumbers();
    Formats formats = new Formats();
    DayPartitions partitions = new DayPartitions(database);
    this.recordings = new PostgresRecordingIndex(database, streams, partitions, formats, clock);
    this.gaps = new PostgresGapLedger(database, streams);
    this.cameras =
        new RememberedCameraDirectory(
            new PostgresCameraDirectory(database), dataDir.resolve("cameras.json"));
    this.partitionKeeper = new PartitionKeeper(partitions, clock);
    database.whenReady(
        () -> {
          streams.forget();
          formats.forget();
          partitions.forget();
          cameras.refresh();
          partitionKeeper.wake();
        });
  }

  /**
   * Opens the catalogue and returns without waiting for the database.
   *
   * @param dataDir the embedded server lives below it in {@code db}, the copy of the cameras in
   *     {@code cameras.json}
   * @throws VmsException FAILED_PRECONDITION when the directory cannot be made
   */
  public static Catalogue open(DatabaseConfig config, Path dataDir, MeterRegistry metrics) {
    try {
      Files.createDirectories(dataDir);
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "the data directory cannot be made: " + dataDir, e);
    }
    Database database =
        new Database(DatabaseSource.of(config, dataDir), config.poolSize(), metrics);
    Catalogue catalogue = new Catalogue(database, dataDir, VmsClock.system());
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

  public RecordingIndex recordings() {
    return recordings;
  }

  public GapLedger gaps() {
    return gaps;
  }

  /** Ends connections, and stops the embedded server. */
  @Override
  public void close() {
    partitionKeeper.close();
    cameras.close();
    database.close();
  }
}
