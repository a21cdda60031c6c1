package kg.sakchy.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import kg.sakchy.server.bench.ImportBench;
import kg.sakchy.server.bench.IngestBench;
import kg.sakchy.server.bench.IngestOptions;
import kg.sakchy.server.bench.IngestReport;
import kg.sakchy.server.bench.relay.RelayBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measurements that anyone can repeat. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the server on this machine.",
    subcommands = {BenchCommand.Ingest.class, BenchCommand.Import.class, BenchCommand.Relay.class})
final class BenchCommand {
  /** What a recorded camera costs. */
  @Command(
      name = "ingest",
      mixinStandardHelpOptions = true,
      description = "Records N cameras with the real server and says what each costs.")
  static final class Ingest implements Callable<Integer> {
    @Option(
        names = "--cameras",
        paramLabel = "N",
        defaultValue = "32",
        description = "how many (${DEFAULT-VALUE})")
    private int cameras;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        defaultValue = "60",
        description = "length of the measurement (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
        names = "--warm-up",
        paramLabel = "S",
        defaultValue = "20",
        description = "seconds before it begins (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
        names = "--source",
        paramLabel = "URL|sim",
        defaultValue = "sim",
        description =
            "RTSP address; {n} becomes 1 to N; sim starts simulated cameras in a process of their"
                + " own (${DEFAULT-VALUE})")
    private String source = "sim";

    @Option(
        names = "--versus",
        paramLabel = "ffmpeg",
        description = "then also one ffmpeg process per camera")
    private @Nullable Versus versus;

    @Mixin private final ConfigFile config = new ConfigFile();

    @Option(names = "--json", description = "print the figures as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      IngestReport report =
          new IngestBench(
                  new IngestOptions(
                      cameras,
                      source,
                      Duration.ofSeconds(warmUp),
                      Duration.ofSeconds(seconds),
                      versus == Versus.FFMPEG,
                      config.path()))
              .run();
      System.out.println(json ? report.toJson() : report.toText());
      return 0;
    }

    /** What to compare with. */
    enum Versus {
      FFMPEG
    }
  }

  /** How long the registration of many cameras takes. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description =
          "Imports a table of N simulated ONVIF cameras into the real server and says how long it"
              + " takes.")
  static final class Import implements Callable<Integer> {
    @Option(
        names = "--cameras",
        paramLabel = "N",
        defaultValue = "1000",
        description = "lines of the table (${DEFAULT-VALUE})")
    private int cameras;

    @Option(
        names = "--alone",
        paramLabel = "N",
        defaultValue = "40",
        description = "cameras registered one by one before it (${DEFAULT-VALUE})")
    private int alone;

    @Option(
        names = "--delay",
        paramLabel = "MS",
        defaultValue = "20",
        description = "milliseconds by which each answer of a camera is late (${DEFAULT-VALUE})")
    private int delayMillis;

    @Override
    public Integer call() throws Exception {
      System.out.println(new ImportBench(cameras, alone, Duration.ofMillis(delayMillis)).run());
      return 0;
    }
  }

  /** What serving cameras over RTSP costs. */
  @Command(
      name = "relay",
      mixinStandardHelpOptions = true,
      description =
          "Relays simulated cameras to readers and says how late pictures come and what it takes.")
  static final class Relay implements Callable<Integer> {
    @Option(
        names = "--cameras",
        paramLabel = "N",
        defaultValue = "32",
        description = "how many (${DEFAULT-VALUE})")
    private int cameras;

    @Option(
        names = "--readers",
        paramLabel = "N",
        defaultValue = "64",
        description = "of all cameras together (${DEFAULT-VALUE})")
    private int readers;

    @Option(
        names = "--mbit",
        paramLabel = "M",
        defaultValue = "1",
        description = "of each camera, in Mbit/s (${DEFAULT-VALUE})")
    private int megabits;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        defaultValue = "30",
        description = "length of the measurement (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
        names = "--versus",
        paramLabel = "FILE",
        description = "program of go2rtc, to do the same in the same run")
    private @Nullable Path go2rtc;

    @Override
    public Integer call() throws Exception {
      System.out.println(
          new RelayBench(
                  new RelayBench.Options(
                      cameras,
                      readers,
                      megabits * 1_000_000 / Byte.SIZE / 25,
                      Duration.ofSeconds(10),
                      Duration.ofSeconds(seconds),
                      go2rtc))
              .run());
      return 0;
    }
  }
}
