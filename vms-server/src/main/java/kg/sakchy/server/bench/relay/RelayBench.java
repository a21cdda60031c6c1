package kg.sakchy.server.bench.relay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.InMemoryAccessPolicy;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.GatewayConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.RtspGateway;
import kg.sakchy.gateway.server.RtspServer;
import kg.sakchy.gateway.server.access.Entrance;
import kg.sakchy.gateway.server.session.ServerLimits;
import org.jspecify.annotations.Nullable;

/**
 * Relays N cameras to M readers with the real gateway and RTSP server, which are this process;
 * cameras and readers are others. Measures how long a picture is on its way, with the relay and
 * without, and what CPU the server takes, beside go2rtc with the same cameras and readers if its
 * program is given.
 *
 * <p>Threads: confined to the thread that runs it.
 */
public final class RelayBench {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Options options;

  /**
   * What to measure.
   *
   * @param cameras how many
   * @param readers in all, spread over the cameras
   * @param pictureBytes size of a picture; 25 a second
   * @param warmUp before it is measured
   * @param duration of the measurement
   * @param go2rtc program to compare with, or null
   */
  public record Options(
      int cameras,
      int readers,
      int pictureBytes,
      Duration warmUp,
      Duration duration,
      @Nullable Path go2rtc) {
    /** 32 cameras of 1 Mbit/s and 64 readers. */
    public static final Options DELAY =
        new Options(32, 64, 5_000, Duration.ofSeconds(10), Duration.ofSeconds(30), null);

    /** One camera of 4 Mbit/s and 200 readers. */
    public static Options fanOut(@Nullable Path go2rtc) {
      return new Options(1, 200, 20_000, Duration.ofSeconds(10), Duration.ofSeconds(30), go2rtc);
    }
  }

  /**
   * What one server did.
   *
   * @param cpuPercent of one core
   */
  private record Run(ReaderFigures figures, double cpuPercent) {
    String toText(int readers) {
      return figures.toText()
          + ", %.1f %% of a core, %.3f %% a reader".formatted(cpuPercent, cpuPercent / readers);
    }
  }

  public RelayBench(Options options) {
    this.options = options;
  }

  /** {@code delay} or {@code fanout [path of go2rtc]}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path go2rtc = arguments.length > 1 ? Path.of(arguments[1]) : null;
    Options options = arguments[0].equals("delay") ? Options.DELAY : Options.fanOut(go2rtc);
    System.out.println(new RelayBench(options).run());
  }

  /** Measures; the figures for people, one line a subject. */
  public String run() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    Process cameras =
        java(
            CameraProcess.class,
            Integer.toString(options.cameras()),
            Integer.toString(options.pictureBytes()));
    try {
      String source = "rtsp://127.0.0.1:" + line(cameras.inputReader()) + "/cam";
      lines.add(
          "%d cameras of %.1f Mbit/s, %d readers, %d s"
              .formatted(
                  options.cameras(),
                  options.pictureBytes() * 25 * 8 / 1e6,
                  options.readers(),
                  options.duration().toSeconds()));
      lines.add(
          "without relay   " + measure(source + "{n}", cameras.toHandle()).figures().toText());
      lines.add("relay           " + relayed(source).toText(options.readers()));
      if (options.go2rtc() != null) {
        lines.add("go2rtc          " + go2rtc(options.go2rtc(), source).toText(options.readers()));
      }
    } finally {
      cameras.destroy();
    }
    return String.join("\n", lines);
  }

  private Run relayed(String source) throws IOException, InterruptedException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    VmsClock clock = VmsClock.system();
    NoAudit audit = new NoAudit();
    try (RtspGateway gateway = new RtspGateway(GatewayConfig.DEFAULTS, clock, registry);
        LastingActs acts = new LastingActs(audit, clock);
        RefusedActs refused = new RefusedActs(audit, clock)) {
      for (int i = 0; i < options.cameras(); i++) {
        gateway.open(id(i), StreamSource.parse(source + i, Transport.TCP));
      }
      try (RtspServer server =
          RtspServer.start(
              new RtspServer.Options("127.0.0.1", 0, null, 0, ServerLimits.DEFAULTS),
              new RtspServer.Ports(
                  new GatewayViews(gateway), new NoArchive(), acts, entrance(clock, refused)),
              clock,
              registry)) {
        return measure(
            "rtsp://reader:reader@127.0.0.1:" + server.port() + "/cam{n}/main",
            ProcessHandle.current());
      }
    }
  }

  /** One reader who may see everything, whatever proves it. */
  private static Entrance entrance(VmsClock clock, RefusedActs refused) {
    AccountId reader = new AccountId("reader");
    Role viewer = new Role("viewer", Set.of(Right.VIEW_LIVE), null, 0);
    InMemoryAccessPolicy policy = new InMemoryAccessPolicy(clock);
    policy.setAssignments(
        List.of(viewer),
        List.of(new RoleAssignment(1, reader, viewer.name(), UnitId.ROOT, null, null, false)));
    return new Entrance(
        (shown, address) -> Caller.of(reader, "Reader", address),
        new MediaAccess(policy, new MediaTokens(new byte[32], clock), clock),
        refused);
  }

  private static StreamId id(int camera) {
    return StreamId.main(new CameraId("cam" + camera));
  }

  private Run go2rtc(Path program, String source) throws IOException, InterruptedException {
    int port = freePort();
    StringBuilder config = new StringBuilder();
    config.append("api:\n  listen: \"\"\nwebrtc:\n  listen: \"\"\nrtsp:\n  listen: \"127.0.0.1:");
    config.append(port).append("\"\nstreams:\n");
    for (int i = 0; i < options.cameras(); i++) {
      config.append("  cam").append(i).append(": ").append(source).append(i).append('\n');
    }
    Path file = Files.createTempFile("go2rtc", ".yaml");
    Files.writeString(file, config);
    Process process =
        new ProcessBuilder(program.toString(), "-config", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitPort(port, process);
      return measure("rtsp://127.0.0.1:" + port + "/cam{n}", process.toHandle());
    } finally {
      process.destroy();
      Files.delete(file);
    }
  }

  /** Until somebody listens there. */
  private static void awaitPort(int port, Process process)
      throws IOException, InterruptedException {
    while (process.isAlive()) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (ConnectException e) {
        Thread.sleep(LOOK);
      }
    }
    throw new IOException("go2rtc ended with code " + process.exitValue());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Run measure(String address, ProcessHandle server)
      throws IOException, InterruptedException {
    Process readers =
        java(
            ReaderProcess.class,
            address,
            Integer.toString(options.cameras()),
            Integer.toString(options.readers()),
            Long.toString(options.warmUp().toSeconds()),
            Long.toString(options.duration().toSeconds()));
    try (BufferedReader out = readers.inputReader()) {
      line(out);
      Duration before = cpu(server);
      long began = System.nanoTime();
      ReaderFigures figures = ReaderFigures.parse(line(out));
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Run(figures, 100 * cpu(server).minus(before).toNanos() / 1e9 / seconds);
    } finally {
      readers.destroyForcibly();
    }
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static String line(BufferedReader out) throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "a process of the measurement ended early");
    }
    return line;
  }

  private static Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The gateway's streams, for viewers. */
  private record GatewayViews(RtspGateway gateway) implements LiveViews {
    @Override
    public LiveView open(StreamId id) {
      LiveStream stream =
          gateway
              .find(id)
              .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "no camera " + id));
      return new View(stream);
    }

    @Override
    public LiveView open(StreamId id, PlayableCodecs playable) {
      return open(id);
    }

    private record View(LiveStream stream) implements LiveView {
      @Override
      public Delivery delivery() {
        return Delivery.ORIGINAL;
      }

      @Override
      public void close() {
        // the cameras are pulled as long as it is measured
      }
    }
  }

  /** Nothing is recorded. */
  private static final class NoArchive implements Archive {
    @Override
    public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public InputStream open(Segment segment, long offset, long length) {
      throw new VmsException(ErrorKind.NOT_FOUND, "nothing is recorded");
    }

    @Override
    public Timeline timeline(StreamId stream, TimeRange range) {
      return new Timeline(List.of(), List.of());
    }
  }
}
