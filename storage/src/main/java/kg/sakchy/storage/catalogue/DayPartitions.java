package kg.sakchy.storage.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.Handle;

/**
 * The partitions of a table, one for each day of UTC: {@code segments_p20261122}.
 *
 * <p>A partition is made as a table of its own and then attached, which blocks no reader and no
 * writer; of several that try at a time one does it, the others wait for the lock and find it done.
 */
final class DayPartitions {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

  /** Any number; the same in every server, so that they wait for each other. */
  private static final long ADVISORY_LOCK = 7_249_018_332_117L;

  private final Database database;
  private final String table;
  private final String prefix;
  private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

  /**
   * @param table partitioned by a column of microseconds of UTC
   */
  DayPartitions(Database database, String table) {
    this.database = database;
    this.table = table;
    this.prefix = table + "_p";
  }

  /** Makes sure that a row of that time has its partition; costs nothing when known. */
  void require(Instant time) {
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    if (!known.contains(day)) {
      make(day);
    }
  }

  /** Forgets what is known: the database may be another one, or another server dropped some. */
  void forget() {
    known.clear();
  }

  /** Makes the partitions of {@code today} and some days after it. */
  void makeAhead(LocalDate today, int days) {
    for (int i = 0; i <= days; i++) {
      LocalDate day = today.plusDays(i);
      if (!known.contains(day)) {
        make(day);
      }
    }
  }

  /** Drops the partitions of days before {@code day} that hold nothing; returns their names. */
  List<String> dropEmptyBefore(LocalDate day) {
    return dropBefore(day, this::holdsRows);
  }

  /** Drops the partitions of days before {@code day} with all they hold; returns their names. */
  List<String> dropBefore(LocalDate day) {
    return dropBefore(day, (handle, name) -> false);
  }

  private List<String> dropBefore(LocalDate day, BiPredicate<Handle, String> spared) {
    List<String> dropped = new ArrayList<>();
    for (String name : names()) {
      if (dayOf(name).isBefore(day) && drop(name, spared)) {
        dropped.add(name);
      }
    }
    return dropped;
  }

  /** The days that have a partition before {@code day}, the oldest first. */
  List<LocalDate> daysBefore(LocalDate day) {
    return names().stream().map(this::dayOf).filter(one -> one.isBefore(day)).sorted().toList();
  }

  private List<String> names() {
    return database.call(
        "listing partitions",
        handle ->
            handle
                .select(
                    "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                        + " where i.inhparent = cast(? as regclass) order by 1",
                    table)
                .mapTo(String.class)
                .list());
  }

  private void make(LocalDate day) {
    if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "nothing can be of " + day);
    }
    database.inTransaction(
        "making the partition of " + table + " of " + day,
        handle -> {
          handle.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
          String name = prefix + NAME.format(day);
          if (!exists(handle, name)) {
            handle.execute("create table " + name + " (like " + table + " including all)");
            handle.execute(
                "alter table %s attach partition %s for values from (%d) to (%d)"
                    .formatted(table, name, micros(day), micros(day.plusDays(1))));
          }
          return true;
        });
    database.afterCommit(() -> known.add(day));
  }

  private boolean drop(String name, BiPredicate<Handle, String> spared) {
    known.remove(dayOf(name));
    return database.inTransaction(
        "dropping partition " + name,
        handle -> {
          handle.execute("set local lock_timeout = '500ms'");
          handle.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
          if (!exists(handle, name) || spared.test(handle, name)) {
            return false;
          }
          // The parent first, in the order in which writers take their locks; and only now, because
          // everybody waits meanwhile.
          handle.execute("lock table only " + table + " in access exclusive mode");
          if (spared.test(handle, name)) {
            return false;
          }
          handle.execute("drop table " + name);
          return true;
        });
  }

  private static boolean exists(Handle handle, String name) {
    return handle.select("select to_regclass(?) is not null", name).mapTo(Boolean.class).one();
  }

  private boolean holdsRows(Handle handle, String name) {
    return handle.select("select exists (select from " + name + ")").mapTo(Boolean.class).one();
  }

  private LocalDate dayOf(String name) {
    try {
      return LocalDate.parse(name.substring(prefix.length()), NAME);
    } catch (DateTimeParseException | IndexOutOfBoundsException e) {
      return LATEST; // somebody's own partition; never ours to drop
    }
  }

  private static long micros(LocalDate day) {
    return Micros.of(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
