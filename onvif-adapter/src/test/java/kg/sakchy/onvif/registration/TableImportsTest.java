package kg.sakchy.onvif.registration;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static kg.sakchy.core.SampleDevices.LOGIN;
import static kg.sakchy.core.SampleDevices.address;
import static kg.sakchy.core.SampleDevices.host;
import static kg.sakchy.core.SampleDevices.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraImportStore;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.ScriptedDeviceProbe;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.device.CameraImports.Row;
import kg.sakchy.core.device.CameraImports.Row.Outcome;
import kg.sakchy.core.device.CameraImports.Run;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableImportsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String HEADINGS = "address;user;password;name;class;latitude;longitude\n";

  private final FakeClock clock = new FakeClock(NOW);
  private final ScriptedDeviceProbe probe = new ScriptedDeviceProbe();
  private final InMemoryCameraDirectory cameras = new InMemoryCameraDirectory();
  private final InMemoryCameraRegistry registry = new InMemoryCameraRegistry(cameras);
  private final InMemoryCameraImportStore store = new InMemoryCameraImportStore();
  private TableImports imports;

  @BeforeEach
  void open() {
    imports = openImports(Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    imports.close();
  }

  @Test
  void registersEveryRow() throws Exception {
    Run run = importAndAwait(table(1, 40), false);
    assertThat(List.of(run.rows(), run.done(), run.registered(), run.failed()))
        .containsExactly(40, 40, 40, 0);
    assertThat(run.state()).isEqualTo(Run.State.DONE);
    assertThat(run.endedAt()).isEqualTo(NOW);
    assertThat(cameras.list(null, 100)).hasSize(40);
    Row first = imports.rows(run.id(), 0, 1).getFirst();
    assertThat(first.line()).isEqualTo(2);
    Camera camera = cameras.find(Objects.requireNonNull(first.camera())).orElseThrow();
    assertThat(camera.name()).isEqualTo("Камера 1");
    assertThat(camera.main().credentials()).isEqualTo(LOGIN);
    assertThat(camera.recording()).isTrue();
    assertThat(registry.placement(camera.id()).orElseThrow().siteClass())
        .isEqualTo(SiteClass.SCHOOL);
    assertThat(store.unfinished(run.id(), 0, 1_000)).as("passwords are forgotten").isEmpty();
  }

  @Test
  void theSameTableAgainChangesNothingAndAsksNobody() throws Exception {
    importAndAwait(table(1, 10), false);
    List<Camera> before = cameras.list(null, 100);
    int asked = probe.asked();
    Run again = importAndAwait(table(1, 10), false);
    assertThat(again.unchanged()).isEqualTo(10);
    assertThat(cameras.list(null, 100)).isEqualTo(before);
    assertThat(probe.asked()).isEqualTo(asked);
  }

  @Test
  void whatTheTableSaysAnewIsTakenOverAndNothingElse() throws Exception {
    importAndAwait(table(1, 2), false);
    CameraId id =
        registry.deviceByEndpoint(SampleDevices.identity(1).endpoint()).orElseThrow().camera();
    Run run =
        importAndAwait(
            "address;name;azimuth;retention;recording\n"
                + host(1)
                + ";New name;90;7;no\n"
                + host(2)
                + ";;;;\n",
            false);
    assertThat(List.of(run.updated(), run.unchanged())).containsExactly(1, 1);
    Camera camera = cameras.find(id).orElseThrow();
    assertThat(camera.name()).isEqualTo("New name");
    assertThat(camera.retentionDays()).isEqualTo(7);
    assertThat(camera.recordingSince()).isNull();
    assertThat(registry.placement(id).orElseThrow().azimuthDegrees()).isEqualTo(90.0);
    assertThat(registry.placement(id).orElseThrow().latitude()).isEqualTo(42.8746);
  }

  @Test
  void aNewPasswordIsProvedAndTakenOver() throws Exception {
    importAndAwait(table(1, 1), false);
    Credentials changed = new Credentials("admin", "a;b\"c@:/<&");
    probe.add(withLogin(report(1), changed));
    Run run =
        importAndAwait("address;user;password\n" + host(1) + ";admin;\"a;b\"\"c@:/<&\"\n", false);
    assertThat(run.updated()).isEqualTo(1);
    assertThat(cameras.list(null, 1).getFirst().main().credentials()).isEqualTo(changed);
    assertThat(registry.devices(null, 1).getFirst().address().credentials()).isEqualTo(changed);
  }

  @Test
  void aCameraThatMovedIsFoundAgainByItsEndpoint() throws Exception {
    importAndAwait(table(1, 1), false);
    DeviceReport moved = report(1);
    probe.remove(address(1));
    probe.add(
        new DeviceReport(
            address(99),
            moved.identity(),
            moved.onvifProfiles(),
            moved.features(),
            report(99).profiles(),
            "main",
            "sub",
            null,
            List.of()));
    Run run = importAndAwait(HEADINGS + row(99, "Камера 1"), false);
    assertThat(run.updated()).isEqualTo(1);
    assertThat(registry.devices(null, 10)).hasSize(1);
    assertThat(registry.devices(null, 1).getFirst().address()).isEqualTo(address(99));
    assertThat(cameras.list(null, 1).getFirst().main().uri().getHost()).isEqualTo(host(99));
  }

  @Test
  void aDryRunProbesAndStoresNothing() throws Exception {
    importAndAwait(table(1, 1), false);
    probe.fail(address(3), ErrorKind.UNAUTHENTICATED, "the login is refused");
    probe.add(report(2));
    Run run = importAndAwait(rows(1, 3).replace("Камера 1", "Other"), true);
    assertThat(List.of(run.updated(), run.registered(), run.failed())).containsExactly(1, 1, 1);
    assertThat(cameras.list(null, 10)).hasSize(1);
    assertThat(cameras.list(null, 1).getFirst().name()).isEqualTo("Камера 1");
    assertThat(imports.rows(run.id(), 3, 10))
        .containsExactly(new Row(4, Outcome.FAILED, null, "password", "the login is refused"));
  }

  @Test
  void whatIsWrongWithARowIsSaidWithLineAndColumn() throws Exception {
    probe.add(report(1));
    probe.add(report(2));
    probe.fail(address(5), ErrorKind.UNSUPPORTED, "no ONVIF camera answers there");
    Run run =
        importAndAwait(
            "address;user;password;id;latitude;longitude\n"
                + row(1)
                + ";gate;42,5;74,5\n"
                + row(2)
                + ";Gate 2;;\n"
                + row(1)
                + ";other;;\n"
                + row(3)
                + ";gate;;\n"
                + row(4)
                + ";;x;1\n"
                + ";admin;x;;;\n"
                + "\n"
                + row(5)
                + ";;;\n"
                + row(2).replace("\"\"", "")
                + ";;;\n",
            false);
    assertThat(run.rows()).isEqualTo(8);
    assertThat(run.registered()).isEqualTo(1);
    List<Row> rows = imports.rows(run.id(), 0, 100);
    assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4, 5, 6, 7, 9, 10);
    assertThat(rows)
        .extracting(Row::column)
        .containsExactly(null, "id", "address", "id", "latitude", "address", "address", "password");
    assertThat(rows.get(2).message()).contains("line 2");
    assertThat(rows.get(3).message()).contains("line 2");
    assertThat(rows.get(6).message()).contains("no ONVIF camera");
    assertThat(rows).allMatch(row -> !row.message().contains(LOGIN.password()));
  }

  @Test
  void oneCameraInTwoRowsIsRegisteredOnce() throws Exception {
    DeviceReport one = report(1);
    probe.add(one);
    probe.add(
        new DeviceReport(
            address(2),
            one.identity(),
            one.onvifProfiles(),
            one.features(),
            one.profiles(),
            "main",
            "sub",
            null,
            List.of()));
    for (boolean dryRun : List.of(true, false)) {
      Run run = importAndAwait(HEADINGS + row(1, "A") + row(2, "B"), dryRun);
      assertThat(List.of(run.registered(), run.failed())).containsExactly(1, 1);
      Row failed =
          imports.rows(run.id(), 0, 10).stream()
              .filter(row -> row.outcome() == Outcome.FAILED)
              .findFirst()
              .orElseThrow();
      assertThat(failed.message()).contains("line " + (failed.line() == 2 ? 3 : 2));
    }
    assertThat(cameras.list(null, 10)).hasSize(1);
  }

  @Test
  void anIdThatIsTakenIsNamed() throws Exception {
    cameras.create(SampleDevices.camera("gate", 50));
    importAndAwait(table(1, 1), false);
    probe.add(report(2));
    Run run =
        importAndAwait(
            "address;user;password;id\n" + row(1) + ";mine\n" + row(2) + ";gate\n", false);
    assertThat(imports.rows(run.id(), 0, 10)).extracting(Row::column).containsExactly("id", "id");
    assertThat(imports.rows(run.id(), 0, 1).getFirst().message()).contains("Камера 1 (cam-");
  }

  @Test
  void rowsThatFailedForReasonsThatPassCanBeTriedAgain() throws Exception {
    probe.add(report(1));
    probe.fail(address(3), ErrorKind.UNAUTHENTICATED, "no");
    Run run = importAndAwait(HEADINGS + row(1, "A") + row(2, "B") + row(3, "C"), false);
    assertThat(List.of(run.registered(), run.failed())).containsExactly(1, 2);
    assertThat(imports.rows(run.id(), 2, 1).getFirst())
        .isEqualTo(new Row(3, Outcome.FAILED, null, "address", "nobody answers at this address"));
    probe.add(report(2));
    probe.add(report(3));
    BlockingQueue<Run> told = watch(run.id());
    imports.resume(run.id());
    Run resumed = awaitEnd(told);
    assertThat(List.of(resumed.registered(), resumed.failed())).containsExactly(2, 1);
    imports.resume(run.id());
    assertThat(imports.find(run.id()).orElseThrow().state()).isEqualTo(Run.State.DONE);
    assertThat(probe.asked(address(3))).as("a refused login is not tried again").isEqualTo(1);
  }

  @Test
  void aCancelledRunEndsAfterTheRowsUnderWayAndCanGoOn() throws Exception {
    imports.close();
    imports = openImports(Duration.ofSeconds(5));
    silence(300);
    Run run = imports.start("t.csv", bytes(rows(1, 300)), false);
    BlockingQueue<Run> told = watch(run.id());
    await(() -> probe.underWay() == 96);
    imports.cancel(run.id());
    Run cancelled = awaitEnd(told);
    assertThat(cancelled.state()).isEqualTo(Run.State.CANCELLED);
    assertThat(List.of(cancelled.done(), cancelled.failed())).containsExactly(96, 96);
    assertThat(probe.asked()).isEqualTo(96);
    imports.cancel(run.id());
    answer(300);
    imports.resume(run.id());
    assertThat(awaitEnd(told).registered()).isEqualTo(300);
  }

  @Test
  void aRunCanGoOnAsSoonAsItsEndIsTold() throws Exception {
    imports.close();
    imports = openImports(Duration.ofSeconds(2));
    silence(1);
    Run run = imports.start("t.csv", bytes(rows(1, 1)), false);
    BlockingQueue<Run> told = watch(run.id());
    CountDownLatch wentOn = new CountDownLatch(1);
    imports.watch(run.id(), now -> holdAtTheEnd(now, wentOn));
    assertThat(awaitEnd(told).failed()).isOne();
    answer(1);
    imports.resume(run.id());
    wentOn.countDown();
    assertThat(awaitEnd(told).registered()).isOne();
  }

  /** A watcher that keeps the thread of an ended run from ending. */
  private static void holdAtTheEnd(Run run, CountDownLatch released) {
    if (run.state() != Run.State.RUNNING) {
      try {
        assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void silentCamerasDoNotHoldUpTheOthers() throws Exception {
    imports.close();
    imports = openImports(Duration.ofMillis(300));
    for (int i = 1; i <= 200; i++) {
      if (i % 2 == 0) {
        probe.silence(address(i));
      } else {
        probe.add(report(i));
      }
    }
    Run run = importAndAwait(rows(1, 200), false);
    assertThat(List.of(run.registered(), run.failed())).containsExactly(100, 100);
    await(() -> probe.underWay() == 0);
    assertThat(imports.rows(run.id(), 2, 1).getFirst().message()).contains("did not finish");
  }

  @Test
  void aRunGoesOnAfterARestart() throws Exception {
    silence(150);
    probe.add(report(1));
    Run run = imports.start("t.csv", bytes(rows(1, 150)), false);
    await(() -> store.find(run.id()).orElseThrow().registered() == 1);
    imports.close();
    Run left = store.find(run.id()).orElseThrow();
    assertThat(left.state()).isEqualTo(Run.State.RUNNING);
    assertThat(left.done()).isEqualTo(1);
    await(() -> probe.underWay() == 0);
    answer(150);
    probe.delay(Duration.ofMillis(50)); // so that the end does not come before the watch
    imports = openImports(Duration.ofSeconds(30));
    Run done = awaitEnd(watch(run.id()));
    assertThat(done.registered()).isEqualTo(150);
    assertThat(cameras.list(null, 1_000)).hasSize(150);
    assertThat(probe.asked(address(1))).as("a row that was done").isEqualTo(1);
  }

  @Test
  void progressIsToldAndCanBeUnwatched() throws Exception {
    BlockingQueue<Run> told = new LinkedBlockingQueue<>();
    for (int i = 1; i <= 250; i++) {
      probe.add(report(i));
    }
    probe.delay(Duration.ofMillis(1));
    Run run = imports.start("камеры.csv", bytes(rows(1, 250)), false);
    assertThat(run.fileName()).isEqualTo("камеры.csv");
    CameraImports.Watch watch = imports.watch(run.id(), told::add);
    Run end = awaitEnd(told);
    watch.close();
    watch.close();
    assertThat(end.done()).isEqualTo(250);
    assertThat(imports.latest(5)).containsExactly(end);
  }

  @Test
  void unknownRunsAndTablesThatAreNoneAreRefused() {
    assertFails(ErrorKind.NOT_FOUND, () -> imports.cancel("none"));
    assertFails(ErrorKind.NOT_FOUND, () -> imports.resume("none"));
    assertFails(ErrorKind.NOT_FOUND, () -> imports.rows("none", 0, 10));
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> imports.start("x.csv", bytes("a;b\n1;2"), false));
    assertThat(imports.latest(10)).isEmpty();
  }

  /** The figure of a thousand rows, of which every twentieth camera is silent; 20 ms an answer. */
  @Test
  void aThousandRowsTakeLittleTime() throws Exception {
    for (int i = 1; i <= 1_000; i++) {
      if (i % 20 == 0) {
        probe.silence(address(i));
      } else {
        probe.add(report(i));
      }
    }
    probe.delay(Duration.ofMillis(15 * 20)); // a probe is about 15 questions
    imports.close();
    imports = openImports(Duration.ofSeconds(2));
    long begin = System.nanoTime();
    Run run = importAndAwait(rows(1, 1_000), false);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf("1000 rows, 50 of them silent for 2 s: %.1f s%n", seconds);
    assertThat(run.registered()).isEqualTo(950);
    assertThat(probe.mostUnderWay())
        .as("96 rows, and silent probes that were told to end and have not yet")
        .isLessThanOrEqualTo(96 + 50);
    assertThat(seconds).isLessThan(60);
  }

  private TableImports openImports(Duration rowLimit) {
    return TableImports.open(cameras, registry, probe, store, clock, rowLimit);
  }

  private Run importAndAwait(String table, boolean dryRun) throws InterruptedException {
    Run run = imports.start("table.csv", bytes(table), dryRun);
    BlockingQueue<Run> told = watch(run.id());
    Run now = imports.find(run.id()).orElseThrow();
    return now.state() == Run.State.RUNNING ? awaitEnd(told) : now;
  }

  private void silence(int count) {
    for (int i = 1; i <= count; i++) {
      probe.silence(address(i));
    }
  }

  private void answer(int count) {
    for (int i = 1; i <= count; i++) {
      probe.add(report(i));
    }
  }

  private BlockingQueue<Run> watch(String id) {
    BlockingQueue<Run> told = new LinkedBlockingQueue<>();
    imports.watch(id, told::add);
    return told;
  }

  private static Run awaitEnd(BlockingQueue<Run> told) throws InterruptedException {
    while (true) {
      Run run = told.poll(60, TimeUnit.SECONDS);
      assertThat(run).as("the run ends").isNotNull();
      if (run.state() != Run.State.RUNNING) {
        return run;
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Rows whose cameras answer. */
  private String table(int first, int count) {
    for (int i = first; i < first + count; i++) {
      if (probe.asked(address(i)) == 0) {
        probe.add(report(i));
      }
    }
    return rows(first, count);
  }

  private static String rows(int first, int count) {
    StringBuilder table = new StringBuilder("\ufeff" + HEADINGS);
    for (int i = first; i < first + count; i++) {
      table.append(row(i, "Камера " + i));
    }
    return table.toString();
  }

  private static String row(int number, String name) {
    return row(number) + ";" + name + ";школа;42,8746;74,5698\r\n";
  }

  private static String row(int number) {
    return host(number)
        + ";"
        + LOGIN.user()
        + ";\""
        + LOGIN.password().replace("\"", "\"\"")
        + "\"";
  }

  private static DeviceReport withLogin(DeviceReport report, Credentials login) {
    return new DeviceReport(
        new kg.sakchy.core.device.DeviceAddress(report.address().service(), login, false),
        report.identity(),
        report.onvifProfiles(),
        report.features(),
        report.profiles(),
        report.mainProfile(),
        report.subProfile(),
        report.clockOffset(),
        report.warnings());
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
