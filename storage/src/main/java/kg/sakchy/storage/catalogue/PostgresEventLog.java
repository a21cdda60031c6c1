package kg.sakchy.storage.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.time.VmsClock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The event log in PostgreSQL. What a camera tells too much of is cut: {@link EventRow#kept}.
 *
 * <p>Batches are logged one after another (an advisory lock until the commit), so numbers rise in
 * the order of commits and whoever reads on from a number misses nothing. A number is about the
 * microsecond of its logging; {@link EventSearch} makes use of it.
 */
final class PostgresEventLog implements EventLog {
  /** Any number; the same in every server, so that they wait for each other. */
  private static final long ADVISORY_LOCK = 7_249_018_332_118L;

  private static final String NUMBER =
      """
      select setval('event_numbers',
        greatest((select last_value from event_numbers) + :count, :now)) - :count + 1
      """;

  private static final String INSERT =
      """
      insert into events (number, camera, kind, state, at_us, camera_us, arrived_us, off_time,
        topic, source, data)
      select :first + place - 1, camera, kind, state, at_us, camera_us, arrived_us,
        at_us not between :first + place - 1 - 600000000 and :first + place - 1 + 600000000,
        topic, cast(source as jsonb), cast(data as jsonb)
      from unnest(:camera, :kind, :state, :at_us, :camera_us, :arrived_us, :topic, :source, :data)
        with ordinality as event (camera, kind, state, at_us, camera_us, arrived_us, topic, source,
          data, place)
      """;

  private final Database database;
  private final DayPartitions partitions;
  private final VmsClock clock;
  private final List<Consumer<List<Entry>>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param partitions of the table of events
   */
  PostgresEventLog(Database database, DayPartitions partitions, VmsClock clock) {
    this.database = database;
    this.partitions = partitions;
    this.clock = clock;
  }

  @Override
  public void append(List<CameraEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    List<CameraEvent> kept = events.stream().map(EventRow::kept).toList();
    List<Entry> logged;
    try {
      logged = insert(kept);
    } catch (VmsException e) {
      if (!SqlErrors.checkViolated(e)) {
        throw e;
      }
      // Another server may have dropped a partition since we knew it.
      partitions.forget();
      logged = insert(kept);
    }
    List<Entry> entries = logged;
    database.afterCommit(() -> listeners.forEach(listener -> listener.accept(entries)));
  }

  @Override
  public List<Entry> find(Query query) {
    return database.call("looking for events", handle -> EventSearch.find(handle, query));
  }

  @Override
  public void onAppend(Consumer<List<Entry>> listener) {
    listeners.add(listener);
  }

  private List<Entry> insert(List<CameraEvent> events) {
    events.forEach(event -> partitions.require(event.at()));
    return database.inTransaction(
        "logging events",
        handle -> {
          handle.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
          long first =
              handle
                  .createQuery(NUMBER)
                  .bind("count", (long) events.size())
                  .bind("now", Micros.of(clock.now()))
                  .mapTo(Long.class)
                  .one();
          insert(handle, events, first);
          List<Entry> entries = new ArrayList<>(events.size());
          for (CameraEvent event : events) {
            entries.add(new Entry(first + entries.size(), event));
          }
          return List.copyOf(entries);
        });
  }

  private static void insert(Handle handle, List<CameraEvent> events, long first) {
    try (Update update = handle.createUpdate(INSERT)) {
      update
          .bind("first", first)
          .bindArray("camera", String.class, column(events, event -> event.camera().value()))
          .bindArray("kind", String.class, column(events, event -> event.kind().code()))
          .bindArray("state", String.class, column(events, event -> event.state().code()))
          .bindArray("at_us", Long.class, column(events, event -> Micros.of(event.at())))
          .bindArray(
              "camera_us",
              Long.class,
              column(events, event -> Micros.ofNullable(event.cameraTime())))
          .bindArray(
              "arrived_us", Long.class, column(events, event -> Micros.of(event.arrivedAt())))
          .bindArray("topic", String.class, column(events, CameraEvent::topic))
          .bindArray(
              "source", String.class, column(events, event -> EventRow.toJson(event.source())))
          .bindArray("data", String.class, column(events, event -> EventRow.toJson(event.data())))
          .execute();
    }
  }

  private static <T> List<@Nullable T> column(
      List<CameraEvent> events, Function<CameraEvent, @Nullable T> value) {
    List<@Nullable T> column = new ArrayList<>(events.size());
    events.forEach(event -> column.add(value.apply(event)));
    return column;
  }
}
