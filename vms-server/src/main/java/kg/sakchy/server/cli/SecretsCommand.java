package kg.sakchy.server.cli;

import java.util.concurrent.Callable;
import kg.sakchy.server.SecretRotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin private final ConfigFile config = new ConfigFile();

    @Override
    public Integer call() {
      int sealed = SecretRotation.run(config.load());
      System.out.println("done: " + sealed + " secrets are encrypted with a new key");
      return 0;
    }
  }
}
