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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.InMemoryEventLog;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCameras;

/**
 * Many cameras heard in one process, simulated in another. Prints how long they took to come back,
 * CPU, memory and the delay of events; run by hand.
 */
final class EventBench {
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
    InMemoryEventLog log = new InMemoryEventLog();
    ConcurrentLinkedQueue<Double> delays = new ConcurrentLinkedQueue<>();
    log.onAppend(
        entries ->
            entries.forEach(
                entry -> {
                  Instant told = entry.event().cameraTime();
                  if (told != null) {
                    delays.add(Duration.between(told, clock.now()).toNanos() / 1e6);
                  }
                }));
    long residentBefore = resident();
    try (TestSessions sessions = new TestSessions(clock);
        EventJournal journal = new EventJournal(log)) {
      RegisteredCameras registered = new RegisteredCameras(registry, sessions.all());
      for (int i = 0; i < cameras; i++) {
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
      long start = System.nanoTime();
      try (CameraEventService service =
          new CameraEventService(registry, registered, journal, null, clock)) {
        service.start();
        while (service.subscribed() < cameras && seconds(start) < 300) {
          Thread.sleep(100);
        }
        System.out.printf(
            "%d of %d subscribed after %.1f s%n", service.subscribed(), cameras, seconds(start));
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
            "heap in use %.1f KiB a camera, resident %.1f KiB a camera over the start%n",
            (runtime.totalMemory() - runtime.freeMemory()) / 1024.0 / cameras,
            (resident() - residentBefore) / 1024.0 / cameras);
        System.out.printf("still subscribed: %d%n", service.subscribed());
      }
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
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
