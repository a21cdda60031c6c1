package kg.sakchy.onvif.discovery;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ExternalTool;
import org.junit.jupiter.api.Assumptions;

/**
 * Networks that exist for one test: a namespace for the server with two legs, one for the cameras
 * on each. Documentation addresses (RFC 5737), joined by virtual cables, with no way out.
 */
final class NetworkNamespaces implements AutoCloseable {
  private final ExternalTool ip = ExternalTool.require("ip");
  private final String name = "sk" + ProcessHandle.current().pid() % 100_000;
  private final List<Process> programs = new ArrayList<>();

  NetworkNamespaces() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root to make network namespaces");
    for (String space : List.of(server(), cameras(1), cameras(2))) {
      ip.run("netns", "add", space);
      ip.run("-n", space, "link", "set", "lo", "up");
    }
    cable(1, "198.51.100.");
    cable(2, "203.0.113.");
  }

  private void cable(int number, String network) throws IOException, InterruptedException {
    String near = name + "s" + number;
    String far = name + "c" + number;
    ip.run("link", "add", near, "type", "veth", "peer", "name", far);
    ip.run("link", "set", near, "netns", server());
    ip.run("link", "set", far, "netns", cameras(number));
    ip.run("-n", server(), "addr", "add", network + "1/24", "dev", near);
    ip.run("-n", server(), "link", "set", near, "up");
    ip.run("-n", cameras(number), "link", "set", far, "up");
    ip.run("-n", cameras(number), "addr", "add", network + "10/24", "dev", far);
    ip.run("-n", cameras(number), "route", "add", "239.255.255.250/32", "dev", far);
  }

  String server() {
    return name + "s";
  }

  String cameras(int number) {
    return name + "n" + number;
  }

  /** Starts a main class of the tests inside a namespace. */
  Process java(String space, Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ip.path().toString(),
                "netns",
                "exec",
                space,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").replace(File.pathSeparator, ":"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    programs.add(program);
    return program;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Process program : programs) {
        program.destroyForcibly().waitFor();
      }
      for (String space : List.of(server(), cameras(1), cameras(2))) {
        ip.run("netns", "del", space);
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while the networks were taken down");
    }
  }
}
