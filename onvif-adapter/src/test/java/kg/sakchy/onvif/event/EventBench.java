package kg.sakchy.onvif.event;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCameras;

/**
 * Many cameras heard in one process, simulated in another. Prints how long they took to come back,
 * CPU, memory and the delay of events; run by hand, with the test class path of this module and the
 * launcher's {@code -XX:+UseSerialGC -Xms96m -Xmn64m -XX:SurvivorRatio=2 -Xmx1g
 * -XX:+UseCompactObjectHeaders}: {@code EventBench 2000 60 1}.
 */
final class EventBench {
  /** After them all classes are loaded and most code is compiled: what comes then is cameras. */
  private static final int FIRST = 100;

  private EventBench() {}

  /**
   * @param args cameras, seconds to measure, motion changes a minute and camera
   */
  public static void main(String[] args) throws Exception {
    int cameras = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    Process sim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EventSimMain.class.getName(),
                args[0],
                args[2])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (BufferedReader out = sim.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      measure(cameras, Duration.ofSeconds(seconds), line.substring("port ".length()));
    } finally {
      sim.destroyForcibly();
    }
  }

  private static void measure(int cameras, Duration time, String port) throws Exception {
    VmsClock clock = VmsClock.system();
    InMemoryCameraRegistry registry = new InMemoryCameraRegistry(new InMemoryCameraDirectory());
    ConcurrentLinkedQueue<Double> delays = new ConcurrentLinkedQueue<>();
    DelayLog log = new DelayLog(clock, delays);
    try (TestSessions sessions = new TestSessions(clock);
        EventJournal journal = new EventJournal(log)) {
      RegisteredCameras registered = new RegisteredCameras(registry, sessions.all());
      try (CameraEventService service =
          new CameraEventService(registry, registered, journal, null, clock)) {
        service.start();
        for (int i = 0; i < FIRST; i++) {
          register(registry, i, port);
        }
        awaitSubscribed(service, FIRST);
        Thread.sleep(20_000);
        touchYoungGeneration();
        long residentBefore = resident();
        long start = System.nanoTime();
        for (int i = FIRST; i < cameras; i++) {
          register(registry, i, port);
        }
        awaitSubscribed(service, cameras);
        System.out.printf(
            "%d of %d subscribed after %.1f s%n",
            service.subscribed(), cameras, (System.nanoTime() - start) / 1e9);
        Thread.sleep(20_000); // the compiler settles
        delays.clear();
        long cpu = cpuNanos();
        long began = System.nanoTime();
        long collected = collected();
        Thread.sleep(time);
        double wall = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "CPU %.2f %% of a core, %d events, %d collections%n",
            (cpuNanos() - cpu) / wall / 1e7, delays.size(), collected() - collected);
        double[] sorted =
            Stream.of(delays.toArray(Double[]::new)).mapToDouble(d -> d).sorted().toArray();
        if (sorted.length > 0) {
          System.out.printf(
              "camera to log: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
              sorted[sorted.length / 2],
              sorted[sorted.length * 95 / 100],
              sorted[sorted.length * 99 / 100]);
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
            "heap in use %.1f KiB a camera, resident %.1f KiB for each after the first %d%n",
            (runtime.totalMemory() - runtime.freeMemory()) / 1024.0 / cameras,
            (resident() - residentBefore) / 1024.0 / (cameras - FIRST),
            FIRST);
        System.out.printf("still subscribed: %d%n", service.subscribed());
      }
    }
  }

  /** A server has it anyway, survivor spaces included, so it is no camera's. */
  private static void touchYoungGeneration() {
    Deque<byte[]> young = new ArrayDeque<>();
    for (int i = 0; i < 8_000; i++) {
      young.add(new byte[32 * 1024]);
      if (young.size() > 400) {
        young.remove();
      }
    }
    System.out.printf("%d blocks in the young generation%n", young.size());
    young.clear();
    System.gc();
  }

  /** Keeps only how late events were. */
  private record DelayLog(VmsClock clock, Queue<Double> delays) implements EventLog {
    @Override
    public void append(List<CameraEvent> events) {
      for (CameraEvent event : events) {
        Instant told = event.cameraTime();
        if (told != null) {
          delays.add(Duration.between(told, clock.now()).toNanos() / 1e6);
        }
      }
    }

    @Override
    public List<Entry> find(Query query) {
      return List.of();
    }

    @Override
    public void onAppend(Consumer<List<Entry>> listener) {
      throw new UnsupportedOperationException();
    }
  }

  private static void register(InMemoryCameraRegistry registry, int i, String port) {
    CameraId id = new CameraId("cam" + i);
    URI service = URI.create("http://127.0.0.1:" + port + "/cam" + i + "/onvif/device_service");
    registry.register(
        SampleDevices.camera(id.value(), i),
        new CameraDevice(
            id,
            new DeviceAddress(service, new Credentials("admin", "secret"), false),
            SampleDevices.identity(i),
            "main",
            null,
            Set.of(DeviceFeature.EVENTS)),
        null);
  }

  private static void awaitSubscribed(CameraEventService service, int cameras)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (service.subscribed() < cameras && System.nanoTime() < end) {
      Thread.sleep(100);
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long collected() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(bean -> bean.getCollectionCount())
        .sum();
  }

  private static long resident() throws IOException {
    List<String> status = Files.readAllLines(new File("/proc/self/status").toPath());
    return status.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
