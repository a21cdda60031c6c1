package kg.sakchy.server.cli;

import java.nio.file.Path;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.server.config.ConfigLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how the server is configured: the same for every command. */
final class ConfigFile {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "configuration file; without it every key has its default (see conf/vms.yaml)")
  private @Nullable Path file;

  /** The file, or null for the defaults. */
  @Nullable Path path() {
    return file;
  }

  /**
   * What it says, with what the environment overrides.
   *
   * @throws kg.sakchy.core.error.VmsException as {@link ConfigLoader#load}
   */
  VmsConfig load() {
    return new ConfigLoader(Vms.environment()).load(file);
  }
}
