package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.access.InMemoryAccessPolicy;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a policy true to the database. After each commit of this server what was changed is read
 * again, by the thread that committed, one at a time: so the last that is read is the last that was
 * committed. What other servers change is seen within seconds, and whatever could not be read is
 * read when the database is back.
 *
 * <p>Threads: safe for use by many threads; has one of its own, which tells the policy's listeners.
 */
final class AccessKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessKeeper.class);

  /** How late the edges of time may be told. */
  private static final Duration TICK = Duration.ofMillis(500);

  /** How often people's roles are read without a change, in ticks; they are few. */
  private static final int PEOPLE_EVERY = 10;

  /** How often all is read without a change, in ticks. */
  private static final int ALL_EVERY = 120;

  private static final String ASSIGNMENTS =
      """
      select role_assignments.* from role_assignments join accounts on accounts.id = account
      where not disabled
      """;

  private static final String CAMERAS =
      "select id, coalesce(unit, 1) as unit from cameras left join camera_units on camera = id";

  private final Database database;
  private final InMemoryAccessPolicy policy;
  private final Thread thread;

  /** Held while something is read and given to the policy. */
  private final ReentrantLock reading = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private boolean tellWanted;
  private boolean allWanted;
  private boolean closed;

  AccessKeeper(Database database, VmsClock clock) {
    this.database = database;
    this.policy = new InMemoryAccessPolicy(clock);
    this.thread = Thread.ofPlatform().daemon().name("access").start(this::keep);
  }

  InMemoryAccessPolicy policy() {
    return policy;
  }

  /** Accounts, roles or assignments were changed. */
  void peopleChanged() {
    reread("who has which roles", this::readPeople);
  }

  /** A unit was made, changed or deleted. */
  void unitChanged(UnitId unit) {
    reread(
        "a unit",
        handle ->
            handle
                .select("select * from units where id = ?", unit.value())
                .map(UnitRow::read)
                .findOne()
                .ifPresentOrElse(this::put, () -> policy.removeUnit(unit)));
  }

  private void put(Unit unit) {
    SiteClass siteClass = unit.siteClass();
    if (siteClass != null) { // first, so that nothing is allowed before its class is known
      policy.putSite(unit.id(), siteClass);
    }
    policy.putUnit(unit.path());
  }

  /** Units have other paths. */
  void unitsMoved() {
    reread("the units", this::readUnits);
  }

  /** A camera was made, deleted, or assigned. */
  void cameraChanged(CameraId camera) {
    reread(
        "where a camera belongs",
        handle ->
            handle
                .select(CAMERAS + " where id = ?", camera.value())
                .map((row, context) -> unit(row))
                .findOne()
                .ifPresentOrElse(
                    unit -> policy.putCamera(camera, unit), () -> policy.removeCamera(camera)));
  }

  /** Reads everything; what fails is tried again by the thread. */
  void allChanged() {
    reread(
        "rights",
        handle -> {
          readUnits(handle);
          readCameras(handle);
          readPeople(handle);
        });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reread(String what, Reading read) {
    boolean failed = true;
    reading.lock();
    try {
      database.call(
          "reading " + what,
          handle -> {
            read.from(handle);
            return true;
          });
      failed = false;
    } catch (VmsException e) {
      LOG.atDebug().setCause(e).log("not read yet: {}", what);
    } finally {
      reading.unlock();
      ask(failed);
    }
  }

  /** For a telling now, or for another reading at the next tick. */
  private void ask(boolean failed) {
    lock.lock();
    try {
      tellWanted |= !failed;
      allWanted |= failed;
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    for (int tick = 1; awaitTick(); tick++) {
      if (takeAllWanted() || tick % ALL_EVERY == 0) {
        allChanged();
      } else if (tick % PEOPLE_EVERY == 0) {
        peopleChanged();
      }
      try {
        policy.tellChanges();
      } catch (RuntimeException e) { // the supervisor: a listener's failure ends nothing else
        LOG.atError().setCause(e).log("a listener of the rights failed");
      }
    }
  }

  /** Waits for a change, at most a tick; false once closed. */
  private boolean awaitTick() {
    long left = TICK.toNanos();
    lock.lock();
    try {
      while (!tellWanted && !closed && left > 0) {
        left = wanted.awaitNanos(left);
      }
      tellWanted = false;
      return !closed;
    } catch (InterruptedException e) {
      return false; // nobody interrupts it
    } finally {
      lock.unlock();
    }
  }

  private boolean takeAllWanted() {
    lock.lock();
    try {
      boolean taken = allWanted;
      allWanted = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void readPeople(Handle handle) {
    policy.setAssignments(
        handle.select("select * from roles").map(PostgresRoles::role).list(),
        handle.select(ASSIGNMENTS).map(PostgresRoles::assignment).list());
  }

  private void readUnits(Handle handle) {
    Map<UnitId, SiteClass> sites = new HashMap<>();
    List<Map.Entry<UnitId, SiteClass>> rows =
        handle
            .select("select id, site_class from units where site_class is not null")
            .map((row, context) -> Map.entry(new UnitId(row.getLong("id")), UnitRow.siteClass(row)))
            .list();
    rows.forEach(row -> sites.put(row.getKey(), row.getValue()));
    policy.setSites(sites);
    policy.setUnits(
        handle.select("select path from units").mapTo(String.class).map(UnitRow::path).list());
  }

  private void readCameras(Handle handle) {
    Map<CameraId, UnitId> cameras = new HashMap<>();
    List<Map.Entry<CameraId, UnitId>> rows =
        handle
            .select(CAMERAS)
            .map((row, context) -> Map.entry(new CameraId(row.getString("id")), unit(row)))
            .list();
    rows.forEach(row -> cameras.put(row.getKey(), row.getValue()));
    policy.setCameras(cameras);
  }

  private static UnitId unit(ResultSet row) throws SQLException {
    return new UnitId(row.getLong("unit"));
  }

  /** Reads something and gives it to the policy. */
  @FunctionalInterface
  private interface Reading {
    void from(Handle handle);
  }
}
