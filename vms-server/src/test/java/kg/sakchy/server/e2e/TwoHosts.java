package kg.sakchy.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kg.sakchy.core.ExternalTool;
import org.jspecify.annotations.Nullable;

/**
 * Two hosts on one cable, made of network namespaces: one for a server, one for its cameras. What
 * they send cannot leave this machine.
 *
 * <p>Threads: confined to the test's thread.
 */
final class TwoHosts implements AutoCloseable {
  static final String CAMERA_ADDRESS = "198.51.100.10";
  private static final String SERVER_ADDRESS = "198.51.100.1";
  private static final String DISCOVERY_GROUP = "239.255.255.250/32";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longest wait for anything but a cut cable. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ExternalTool ip;
  private final ExternalTool curl;
  private final String server;
  private final String camera;
  private final List<Process> processes = new ArrayList<>();
  private @Nullable Administrator administrator;

  private TwoHosts(ExternalTool ip, ExternalTool curl) {
    this.ip = ip;
    this.curl = curl;
    long number = ProcessHandle.current().pid();
    server = "sakchy-vms-" + number;
    camera = "sakchy-cam-" + number;
  }

  /** Lays the cable; skips the test where that is not allowed. */
  static TwoHosts connected() throws IOException, InterruptedException {
    ExternalTool curl = ExternalTool.require("curl");
    ExternalTool found = ExternalTool.require("ip");
    String probe = "sakchy-probe-" + ProcessHandle.current().pid();
    ExternalTool ip =
        ExternalTool.requireWorking(
            "ip, and the right to make network namespaces", found.path(), "netns", "add", probe);
    ip.run("netns", "delete", probe);
    TwoHosts hosts = new TwoHosts(ip, curl);
    try {
      hosts.lay();
      return hosts;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      hosts.close();
      throw e;
    }
  }

  private void lay() throws IOException, InterruptedException {
    ip.run("netns", "add", server);
    ip.run("netns", "add", camera);
    ip.run(
        "-n", server, "link", "add", "lan", "type", "veth", "peer", "name", "lan", "netns", camera);
    ip.run("-n", server, "addr", "add", SERVER_ADDRESS + "/24", "dev", "lan");
    ip.run("-n", camera, "addr", "add", CAMERA_ADDRESS + "/24", "dev", "lan");
    for (String host : List.of(server, camera)) {
      ip.run("-n", host, "link", "set", "lo", "up");
      ip.run("-n", host, "link", "set", "lan", "up");
      ip.run("-n", host, "route", "add", DISCOVERY_GROUP, "dev", "lan");
    }
  }

  /** Pulls the plug at the cameras' end. */
  void cut() throws IOException, InterruptedException {
    ip.run("-n", camera, "link", "set", "lan", "down");
  }

  /** Puts it back. */
  void mend() throws IOException, InterruptedException {
    ip.run("-n", camera, "link", "set", "lan", "up");
    ip.run("-n", camera, "route", "replace", DISCOVERY_GROUP, "dev", "lan");
  }

  /** Starts a command of ours on the cameras' host; returns when it has printed such a line. */
  String onCamera(Path log, Predicate<String> ready, String... arguments) throws IOException {
    return start(camera, log, Map.of(), ready, arguments);
  }

  /** The same on the server's host. */
  String onServer(
      Path log, Map<String, String> environment, Predicate<String> ready, String... arguments)
      throws IOException {
    return start(server, log, environment, ready, arguments);
  }

  private String start(
      String host,
      Path log,
      Map<String, String> environment,
      Predicate<String> ready,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(ip.path().toString(), "netns", "exec", host));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx768m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path")));
    command.add("kg.sakchy.server.cli.Vms");
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("VMS_"));
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    processes.add(process);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (ready.test(line)) {
        return line;
      }
    }
    throw new AssertionError("it did not start; see " + log);
  }

  /**
   * Signs the first administrator in, from the server's own host.
   *
   * @param api address of the API, with a slash
   */
  void signIn(String api, String oneTimePassword) throws IOException, InterruptedException {
    administrator = opened("POST", api + "session", Administrator.signIn(oneTimePassword));
    administrator = opened("PUT", api + "session/password", Administrator.change(oneTimePassword));
  }

  private Administrator opened(String method, String url, String json)
      throws IOException, InterruptedException {
    String[] answer =
        curl("-sS", "-i", "-X", method, "-H", "Content-Type: application/json", "-d", json, url)
            .split("\r?\n\r?\n", 2);
    String cookie =
        answer[0]
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(String.join("\n", answer)));
    return Administrator.of(cookie.substring(cookie.indexOf(':') + 1).strip(), answer[1]);
  }

  /** Asks the server, from its own host. */
  JsonNode get(String url) throws IOException, InterruptedException {
    return JSON.readTree(curl("-sS", url));
  }

  /** Sends the server JSON, and reads its answer; an empty one is null. */
  JsonNode post(String url, String json) throws IOException, InterruptedException {
    return JSON.readTree(
        curl("-sS", "-X", "POST", "-H", "Content-Type: application/json", "-d", json, url));
  }

  /** The data of a server-sent event of that name; reads the stream until it comes. */
  JsonNode event(String url, String name) throws IOException, InterruptedException {
    String[] lines = curl("-sS", "-N", "--max-time", "40", url).split("\n");
    boolean next = false;
    for (String line : lines) {
      if (line.startsWith("event:")) {
        next = line.substring(6).strip().equals(name);
      } else if (next && line.startsWith("data:")) {
        return JSON.readTree(line.substring(5));
      }
    }
    throw new AssertionError("no event " + name + " in " + String.join("\n", lines));
  }

  /** Saves what the server answers. */
  void download(String url, Path file) throws IOException, InterruptedException {
    curl("-sSf", "-o", file.toString(), url);
  }

  /** Asks until the answer is as wanted; fails with the last answer. */
  JsonNode await(String url, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(url);
    while (!wanted.test(last)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + url + "\n" + last.toPrettyString());
      }
      ServerProcess.pause();
      last = get(url);
    }
    return last;
  }

  private String curl(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("netns", "exec", server, curl.path().toString()));
    if (administrator != null) {
      command.addAll(List.of("-H", "Cookie: " + administrator.cookie()));
      command.addAll(List.of("-H", "Sakchy-Csrf: " + administrator.csrf()));
    }
    command.addAll(Arrays.asList(arguments));
    return ip.run(command.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    try {
      for (Process process : processes.reversed()) {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      ip.run("netns", "delete", camera);
      ip.run("netns", "delete", server);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
