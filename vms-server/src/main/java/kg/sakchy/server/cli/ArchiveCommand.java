package kg.sakchy.server.cli;

import java.util.concurrent.Callable;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.recorder.rebuild.IndexRebuild.Progress;
import kg.sakchy.server.ArchiveRebuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Care for what is recorded. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = "Care for what is recorded.",
    subcommands = {ArchiveCommand.Rebuild.class})
final class ArchiveCommand {
  /** Makes the index anew. */
  @Command(
      name = "rebuild",
      mixinStandardHelpOptions = true,
      description =
          "Adds to the database every segment of the object store that it does not know: after the"
              + " database was lost or an older copy of it came back. The server must be stopped."
              + " Run again, it goes on.")
  static final class Rebuild implements Callable<Integer> {
    @Mixin private final ConfigFile config = new ConfigFile();

    @Override
    public Integer call() throws InterruptedException {
      VmsConfig loaded = config.load();
      Progress end = ArchiveRebuild.run(loaded, progress -> System.out.println(line(progress)));
      end.damaged().forEach(object -> System.err.println("vms: not indexed: " + object));
      System.out.println("done: " + line(end));
      return end.damaged().isEmpty() ? 0 : ExitCodes.of(ErrorKind.DATA_LOSS);
    }

    private static String line(Progress progress) {
      return "%,d objects looked at, %,d added, %,d damaged, %,d not ours; at %s"
          .formatted(
              progress.seen(),
              progress.added(),
              progress.damaged().size(),
              progress.foreign(),
              progress.at() == null ? "the beginning" : progress.at());
    }
  }
}
