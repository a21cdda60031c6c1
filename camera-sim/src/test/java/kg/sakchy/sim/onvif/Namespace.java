package kg.sakchy.sim.onvif;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.ExternalTool;

/**
 * A network namespace with two ends of a cable: {@code cam0} where cameras are, and {@code nvr0}
 * where clients ask. Nothing sent there leaves it.
 */
final class Namespace {
  static final String CAMERAS = "198.51.100.10";

  private final ExternalTool ip;
  private final String cameras;
  private final String clients;

  /** Needs root and {@code ip}; the test is skipped without. */
  Namespace(String name) throws IOException, InterruptedException {
    ExternalTool.requireWorking("root and ip netns", Path.of("/usr/sbin/ip"), "netns", "list");
    ip = ExternalTool.requireWorking("root", Path.of("/usr/sbin/ip"), "netns", "add", name + "c");
    cameras = name + "c";
    clients = name + "n";
    ip.run("netns", "add", clients);
    ip.run("-n", cameras, "link", "add", "cam0", "type", "veth", "peer", "name", "nvr0");
    ip.run("-n", cameras, "link", "set", "nvr0", "netns", clients);
    prepare(cameras, "cam0", CAMERAS);
    prepare(clients, "nvr0", "198.51.100.1");
  }

  private void prepare(String where, String link, String address)
      throws IOException, InterruptedException {
    ip.run("-n", where, "addr", "add", address + "/24", "dev", link);
    ip.run("-n", where, "link", "set", link, "up");
    ip.run("-n", where, "link", "set", "lo", "up");
    ip.run("-n", where, "route", "add", "239.255.255.250/32", "dev", link);
  }

  /** Starts a Java program of the test class path where the cameras are. */
  Process startCameras(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ip.path().toString(),
                "netns",
                "exec",
                cameras,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Runs a program where the clients are; returns what it prints. */
  String asClient(String input, String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of(ip.path().toString(), "netns", "exec", clients));
    whole.addAll(List.of(command));
    Path typed = Files.createTempFile("input", ".txt");
    Files.writeString(typed, input);
    Process process =
        new ProcessBuilder(whole).redirectErrorStream(true).redirectInput(typed.toFile()).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(30, TimeUnit.SECONDS);
      return said;
    } finally {
      process.destroyForcibly();
      Files.delete(typed);
    }
  }

  /** Takes it down. */
  void delete() throws IOException, InterruptedException {
    ip.run("netns", "delete", cameras);
    ip.run("netns", "delete", clients);
  }
}
