package kg.sakchy.server.cli;

import java.util.Map;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The program. What goes wrong is one sentence on standard error and an exit code; stack traces go
 * to the log at debug level.
 */
@Command(
    name = "vms",
    description = "Sakchy, a video management and recording server.",
    mixinStandardHelpOptions = true,
    versionProvider = Vms.Version.class,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      SimCommand.class,
      ArchiveCommand.class,
      SecretsCommand.class,
      AuditCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Vms {
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command and returns its exit code. */
  static int run(String... args) {
    return new CommandLine(new Vms())
        .setExecutionExceptionHandler((error, command, parsed) -> report(error))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  private static int report(Exception error) {
    LoggerFactory.getLogger(Vms.class).debug("command failed", error);
    if (error instanceof VmsException vms) {
      System.err.println("vms: " + vms.getMessage());
      return ExitCodes.of(vms.kind());
    }
    LoggerFactory.getLogger(Vms.class).error("command failed", error);
    System.err.println("vms: an unexpected fault, see the log: " + error);
    return ExitCodes.of(ErrorKind.INTERNAL);
  }

  /** The environment as commands see it. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  /** What {@code vms --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Vms.class.getPackage().getImplementationVersion();
      return new String[] {"Sakchy " + (version == null ? "(development)" : version)};
    }
  }
}
