package kg.sakchy.server.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import kg.sakchy.server.SecretRotation;
import kg.sakchy.server.config.ConfigLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Care for the keys of secrets. */
@Command(
    name = "secrets",
    mixinStandardHelpOptions = true,
    description = "Care for the keys of the secrets that the server keeps.",
    subcommands = {SecretsCommand.Rotate.class})
final class SecretsCommand {
  /** Makes a new key. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description =
          "Makes a new key and encrypts the passwords of cameras and the keys of second factors"
              + " with it; the old key is removed. The server must be stopped. Older copies of the"
              + " database need the old key: keep the file secrets.key with each of them.")
  static final class Rotate implements Callable<Integer> {
    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        description = "configuration of the server")
    private @Nullable Path config;

    @Override
    public Integer call() {
      int sealed = SecretRotation.run(new ConfigLoader(Vms.environment()).load(config));
      System.out.println("done: " + sealed + " secrets are encrypted with a new key");
      return 0;
    }
  }
}
