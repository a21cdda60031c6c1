package kg.sakchy.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.server.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the server at work without a single real camera. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs the server with simulated cameras until SIGTERM or Ctrl-C.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "of the web server; 0 takes a free one (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "where the recordings go (${DEFAULT-VALUE})")
  private Path data = Path.of("data/demo");

  @Option(
      names = "--camera",
      paramLabel = "URL",
      description = "a camera to record besides; may be repeated")
  private List<String> cameras = new ArrayList<>();

  @Mixin private final ConfigFile config = new ConfigFile();

  @Override
  public Integer call() throws InterruptedException {
    VmsConfig base = config.load();
    Demo demo = Demo.start(Demo.config(base, data, port), cameras);
    System.out.println(
        "Sakchy records "
            + (demo.simulated() + cameras.size())
            + " cameras. Open "
            + demo.address());
    System.out.println("Sign in as " + Demo.ACCOUNT + " with " + demo.password());
    demo.rtspAddress()
        .ifPresent(at -> System.out.println("In any player, signed in the same way: " + at));
    System.out.println("Ctrl-C ends it; what was recorded stays in " + data + " for a day.");
    ServeCommand.runUntilTold(demo);
    return 0;
  }
}
