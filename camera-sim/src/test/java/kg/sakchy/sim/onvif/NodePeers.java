package kg.sakchy.sim.onvif;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import kg.sakchy.core.ExternalTool;

/** The npm packages of {@code src/test/peers}, installed into {@code target} by {@code npm ci}. */
final class NodePeers {
  private static final Path SOURCE = Path.of("src/test/peers");
  private static final Path INSTALLED = Path.of("target/peers");

  private NodePeers() {}

  /** Runs a script of {@link #SOURCE}; returns what it prints. */
  static String run(String script, String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = installed(script).toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return ExternalTool.require("node").run(command);
  }

  /** A script of {@link #SOURCE} beside its packages. */
  static Path installed(String script) throws IOException, InterruptedException {
    install(ExternalTool.require("npm"));
    return Files.copy(
            SOURCE.resolve(script), INSTALLED.resolve(script), StandardCopyOption.REPLACE_EXISTING)
        .toAbsolutePath();
  }

  private static synchronized void install(ExternalTool npm)
      throws IOException, InterruptedException {
    Path lock = INSTALLED.resolve("package-lock.json");
    Path wanted = SOURCE.resolve("package-lock.json");
    if (Files.exists(INSTALLED.resolve("node_modules/onvif"))
        && Files.exists(lock)
        && Files.mismatch(lock, wanted) < 0) {
      return;
    }
    Files.createDirectories(INSTALLED);
    Files.copy(
        SOURCE.resolve("package.json"),
        INSTALLED.resolve("package.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(wanted, lock, StandardCopyOption.REPLACE_EXISTING);
    npm.run("ci", "--no-audit", "--no-fund", "--prefix", INSTALLED.toString());
  }
}
