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
    ExternalTool node = ExternalTool.require("node");
    install(ExternalTool.require("npm"));
    Files.copy(
        SOURCE.resolve(script), INSTALLED.resolve(script), StandardCopyOption.REPLACE_EXISTING);
    String[] command = new String[arguments.length + 1];
    command[0] = INSTALLED.resolve(script).toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return node.run(command);
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
