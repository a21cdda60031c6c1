package kg.sakchy.storage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.storage.audit.AuditExportReader;
import kg.sakchy.storage.audit.AuditReport;
import kg.sakchy.storage.catalogue.Catalogue;

/**
 * Prints what the audit costs on this machine: appending 100,000 records one by one and by many at
 * a time, verifying them in the database, exporting, and verifying the export.
 *
 * <p>Run with the test class path and an empty directory as the argument.
 */
public final class AuditBench {
  private static final int RECORDS = 100_000;
  private static final int ALONE = 10_000;
  private static final int WARM_UP = 2_000;
  private static final int WRITERS = 32;

  private AuditBench() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    try (Catalogue catalogue =
        Catalogue.open(DatabaseConfig.DEFAULTS, directory, new SimpleMeterRegistry())) {
      if (!catalogue.awaitReady(Duration.ofMinutes(2))) {
        catalogue.check();
      }
      AuditEvidence evidence = catalogue.keepAudit(2_192);
      AuditLog log = catalogue.audit();
      append(log, WARM_UP);
      tell("one writer", append(log, ALONE));
      tell(WRITERS + " writers", appendByMany(log, RECORDS - ALONE - WARM_UP));
      acts(log);
      verify(catalogue, evidence);
    }
  }

  private static void acts(AuditLog log) {
    long[] nanos = new long[ALONE];
    for (int i = 0; i < ALONE; i++) {
      long begin = System.nanoTime();
      log.inOneAct(event(i), () -> "done");
      nanos[i] = System.nanoTime() - begin;
    }
    tell("acts of one writer", nanos);
  }

  private static void verify(Catalogue catalogue, AuditEvidence evidence) {
    evidence.checkpoint();
    long begin = System.nanoTime();
    AuditReport report = catalogue.verifyAudit(List.of(), List.of());
    System.out.printf(
        "verify the database, %d records: %.0f ms, %d faults%n",
        report.last(), millis(begin), report.found());
    begin = System.nanoTime();
    ByteArrayOutputStream export = new ByteArrayOutputStream(64 << 20);
    evidence.export(0, export);
    System.out.printf("export: %.0f ms, %d bytes%n", millis(begin), export.size());
    begin = System.nanoTime();
    AuditReport read =
        AuditExportReader.verify(
            new ByteArrayInputStream(export.toByteArray()), List.of(), List.of());
    System.out.printf(
        "verify the export: %.0f ms, proven up to %d%n", millis(begin), read.provenUpTo());
    long size = read.provenUpTo();
    begin = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      evidence.inclusion(1 + i * (size / 100), size);
    }
    System.out.printf("inclusion proof: %.2f ms%n", millis(begin) / 100);
  }

  private static long[] append(AuditLog log, int count) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      log.append(event(i));
      nanos[i] = System.nanoTime() - begin;
    }
    return nanos;
  }

  private static long[] appendByMany(AuditLog log, int count) throws Exception {
    List<Callable<long[]>> tasks = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      tasks.add(() -> append(log, count / WRITERS));
    }
    long begin = System.nanoTime();
    List<long[]> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<long[]> done : threads.invokeAll(tasks)) {
        parts.add(done.get());
      }
    }
    System.out.printf("%d writers: %.0f records/s%n", WRITERS, count / (millis(begin) / 1_000));
    return parts.stream().flatMapToLong(Arrays::stream).toArray();
  }

  private static void tell(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "append, %s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 95 / 100] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }

  private static AuditEvent event(int number) {
    return AuditEvent.of(
            Instant.now(),
            "operator-" + number % 50,
            "session 4f2a91c0 from 10.1.2.3",
            AuditAction.VIEW_LIVE,
            "camera cam-" + number % 1_000,
            AuditEvent.Result.DONE)
        .with("way", "websocket")
        .with("phase", "begin");
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }
}
