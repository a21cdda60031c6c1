package kg.sakchy.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import kg.sakchy.server.demo.DemoClips;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.ClipOptions;
import kg.sakchy.sim.SimFaults;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulated cameras alone, for load tests of this or any other recorder. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = "Runs simulated RTSP cameras until SIGTERM or Ctrl-C.")
final class SimCommand implements Callable<Integer> {
  @Option(
      names = "--cameras",
      paramLabel = "N",
      defaultValue = "4",
      description = "how many (${DEFAULT-VALUE})")
  private int cameras;

  @Option(
      names = "--port",
      defaultValue = "8554",
      description = "TCP port on 127.0.0.1; 0 takes a free one (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--clip",
      paramLabel = "FILE",
      description =
          "MP4 file to repeat; without it a scene of 1280x720 at 25 frames a second and 2 Mbit/s")
  private @Nullable Path clip;

  @Override
  public Integer call() throws InterruptedException {
    SimServer server = SimServer.start(SimOptions.DEFAULTS.withPort(port));
    ClipMedia media = ClipMedia.open(clip == null ? DemoClips.load() : clip);
    for (int n = 1; n <= cameras; n++) {
      // Key frames of different cameras at different moments, as in real life.
      Duration startAt = media.length().multipliedBy(n - 1).dividedBy(cameras);
      server.addCamera(
          "cam" + n, media.options(ClipOptions.DEFAULTS.withStartAt(startAt)), new SimFaults());
    }
    System.out.println(server.uri("cam") + "{n}");
    System.out.println("{n} is 1 to " + cameras);
    ServeCommand.runUntilTold(server);
    return 0;
  }
}
