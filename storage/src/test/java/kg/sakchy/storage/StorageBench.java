package kg.sakchy.storage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.MinioServer;
import kg.sakchy.core.ObjectStoreContract;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.event.EventLog.Query;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.catalogue.Catalogue;
import kg.sakchy.storage.object.fs.FilesystemObjectStore;
import kg.sakchy.storage.object.s3.S3ObjectStore;

/**
 * Prints what storage costs on this machine: opening the embedded database, adding and finding
 * segments and events, and putting 15 MB segments into the file system and into MinIO. CPU is of
 * this process alone.
 *
 * <p>Run with the test class path and an empty directory as the argument; a second one, {@code
 * catalogue}, leaves the object stores out.
 */
public final class StorageBench {
  private static final int SEGMENT_BYTES = 15_000_000;
  private static final int PUTS = 60;
  private static final int WARM_UP = 10;
  private static final int ROWS = 5_000;
  private static final int WRITERS = 8;
  private static final int SINGLE_EVENTS = 4_000;
  private static final int EVENTS = 1_000_000;
  private static final int EVENT_BATCH = 500;
  private static final Instant T0 = Instant.parse("2026-11-22T00:00:00Z");

  private StorageBench() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    catalogue(directory.resolve("data"));
    events(directory.resolve("data"));
    if (arguments.length > 1 && arguments[1].equals("catalogue")) {
      return;
    }
    put(
        "filesystem",
        new FilesystemObjectStore(directory.resolve("fs"), directory.resolve("fs.id")),
        directory);
    try (MinioServer minio =
            MinioServer.start(Files.createDirectories(directory.resolve("minio")));
        ObjectStore s3 = new S3ObjectStore(minio.bucket("bench"))) {
      put("MinIO", s3, directory);
    }
  }

  private static void catalogue(Path dataDir) throws Exception {
    open(dataDir, "new").close();
    try (Catalogue catalogue = open(dataDir, "existing")) {
      add(catalogue, 1);
      double rows = add(catalogue, ROWS);
      System.out.printf("add(), %d writers: %.0f rows/s%n", WRITERS, rows);
      StreamId stream = StreamId.main(new CameraId("cam-0"));
      TimeRange hour = new TimeRange(T0.plusSeconds(3_600), T0.plusSeconds(7_200));
      for (int i = 0; i < 50; i++) {
        catalogue.recordings().find(stream, hour, 1_000);
      }
      long begin = System.nanoTime();
      int found = 0;
      for (int i = 0; i < 200; i++) {
        found += catalogue.recordings().find(stream, hour, 1_000).size();
      }
      System.out.printf(
          "find() of an hour, %d segments: %.2f ms%n", found / 200, millis(begin) / 200);
      begin = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        catalogue.recordings().coverage(stream, hour, 1_000);
      }
      System.out.printf("coverage() of an hour: %.2f ms%n", millis(begin) / 200);
    }
    open(dataDir, "existing, classes loaded").close();
  }

  private static void events(Path dataDir) throws Exception {
    try (Catalogue catalogue = open(dataDir, "for events")) {
      EventLog log = catalogue.events();
      Instant now = Instant.now();
      System.out.printf(
          "events one by one, %d writers: %.0f events/s%n", WRITERS, append(log, SINGLE_EVENTS, 1));
      System.out.printf(
          "events in batches of %d, %d writers: %.0f events/s%n",
          EVENT_BATCH, WRITERS, append(log, EVENTS, EVENT_BATCH));
      TimeRange all = new TimeRange(now.minusSeconds(86_400), now.plusSeconds(86_400));
      Set<CameraId> camera = Set.of(new CameraId("cam-7"));
      page(log, "all", new Query(Set.of(), Set.of(), all, Long.MAX_VALUE, 100));
      page(log, "one camera", new Query(camera, Set.of(), all, Long.MAX_VALUE, 100));
      Set<EventKind> plates = Set.of(EventKind.PLATE);
      page(log, "plates", new Query(Set.of(), plates, all, Long.MAX_VALUE, 100));
      page(log, "plates of a camera", new Query(camera, plates, all, Long.MAX_VALUE, 100));
    }
  }

  private static void page(EventLog log, String what, Query query) {
    int found = 0;
    for (int i = 0; i < 20; i++) {
      found = log.find(query).size();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      found = log.find(query).size();
    }
    System.out.printf(
        "page of %d events (%s) among %d: %.2f ms%n", found, what, EVENTS, millis(begin) / 100);
  }

  /** Events a second, of a thousand cameras, one in a hundred a plate. */
  private static double append(EventLog log, int count, int batch) throws Exception {
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int first = writer * (count / WRITERS);
        tasks.add(
            () -> {
              List<CameraEvent> events = new ArrayList<>();
              for (int i = first; i < first + count / WRITERS; i++) {
                events.add(event(Instant.now(), i));
                if (events.size() == batch) {
                  log.append(events);
                  events = new ArrayList<>();
                }
              }
              log.append(events);
              return count / WRITERS;
            });
      }
      int added = 0;
      for (Future<Integer> done : threads.invokeAll(tasks)) {
        added += done.get();
      }
      return added / (millis(begin) / 1_000);
    }
  }

  private static CameraEvent event(Instant at, int number) {
    boolean plate = number % 100 == 7;
    return new CameraEvent(
        new CameraId("cam-" + number % 1_000),
        plate ? EventKind.PLATE : EventKind.MOTION,
        CameraEvent.State.PULSE,
        at,
        at,
        at.plusMillis(40),
        plate ? "RuleEngine/Recognition/LicensePlate" : "VideoSource/MotionAlarm",
        Map.of("VideoSource", "0"),
        plate ? Map.of("plate", "01KG" + number) : Map.of("State", "true"));
  }

  private static Catalogue open(Path dataDir, String what) {
    long begin = System.nanoTime();
    Catalogue catalogue =
        Catalogue.open(DatabaseConfig.DEFAULTS, dataDir, new SimpleMeterRegistry());
    if (!catalogue.awaitReady(Duration.ofMinutes(2))) {
      catalogue.check();
    }
    System.out.printf("database ready (%s): %.0f ms%n", what, millis(begin));
    return catalogue;
  }

  /** Rows a second, committed one by one. */
  private static double add(Catalogue catalogue, int rows) throws Exception {
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        StreamId stream = StreamId.main(new CameraId("cam-" + writer));
        tasks.add(
            () -> {
              for (int i = 0; i < rows / WRITERS; i++) {
                Instant start = T0.plusSeconds(60L * i);
                catalogue.recordings().add(SampleSegments.segment(stream, start, 60, rows, i));
              }
              return rows / WRITERS;
            });
      }
      int added = 0;
      for (Future<Integer> done : threads.invokeAll(tasks)) {
        added += done.get();
      }
      return added / (millis(begin) / 1_000);
    }
  }

  private static void put(String name, ObjectStore store, Path directory) throws IOException {
    store.check();
    byte[] content = ObjectStoreContract.random(SEGMENT_BYTES);
    Bytes sha256 = ObjectStoreContract.sha256(content);
    double cpu = 0;
    double wall = 0;
    for (int i = 0; i < PUTS + WARM_UP; i++) {
      Path file = Files.write(directory.resolve("segment"), content);
      ObjectKey key = new ObjectKey("bench/" + i);
      double cpuBefore = cpuMillis();
      long begin = System.nanoTime();
      store.put(key, file, sha256);
      if (i >= WARM_UP) {
        wall += millis(begin);
        cpu += cpuMillis() - cpuBefore;
      }
      Files.delete(file);
      store.delete(List.of(key));
    }
    System.out.printf(
        "put of %d MB, %s: %.0f MB/s, %.1f ms of CPU each = %.3f %% of a core at one a minute%n",
        SEGMENT_BYTES / 1_000_000,
        name,
        PUTS * SEGMENT_BYTES / 1e6 / (wall / 1_000),
        cpu / PUTS,
        cpu / PUTS / 600);
  }

  private static double cpuMillis() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        / 1e6;
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }
}
