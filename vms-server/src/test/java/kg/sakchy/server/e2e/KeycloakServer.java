package kg.sakchy.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kg.sakchy.core.ExternalTool;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak with nothing but memory, in a process of its own; {@code KEYCLOAK_BIN} is its
 * {@code kc.sh}.
 *
 * <p>Threads: confined to the test's thread.
 */
final class KeycloakServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String ADMIN = "root";
  private static final String PASSWORD = "a password for a minute";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final ExternalTool program;
  private @Nullable Process process;

  /** One that will listen at a free port; skips the test where there is no Keycloak. */
  KeycloakServer() throws IOException {
    program = ExternalTool.require("keycloak");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** The issuer of a realm. */
  String issuer(String realm) {
    return "http://localhost:" + port + "/realms/" + realm;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param log file for what it says
   */
  void start(Path log) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.path().toString(),
            "start-dev",
            "--db=dev-mem",
            "--http-host=127.0.0.1",
            "--http-port=" + port);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    HttpRequest request = HttpRequest.newBuilder(URI.create(issuer("master"))).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(request)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("Keycloak did not start:\n" + Files.readString(log));
      }
      ServerProcess.pause();
    }
  }

  private boolean answers(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** Makes a realm with all that its JSON names. */
  void makeRealm(JsonNode realm) throws IOException, InterruptedException {
    send("POST", "/admin/realms", realm.toString(), status -> status == 201);
  }

  /** Takes a person out of all groups. */
  void leaveGroups(String realm, String user) throws IOException, InterruptedException {
    String users = "/admin/realms/" + realm + "/users";
    String id = get(users + "?exact=true&username=" + user).path(0).path("id").asText();
    for (JsonNode group : get(users + "/" + id + "/groups")) {
      String path = users + "/" + id + "/groups/" + group.path("id").asText();
      send("DELETE", path, "", status -> status == 204);
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send("GET", path, "", status -> status == 200));
  }

  private String send(String method, String path, String body, Predicate<Integer> right)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (!right.test(answer.statusCode())) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private String token() throws IOException, InterruptedException {
    String form =
        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
            .formatted(ADMIN, PASSWORD.replace(' ', '+'));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(issuer("master") + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body()).path("access_token").asText();
  }

  /** Ends it and what its script started. */
  @Override
  public void close() {
    client.close();
    if (process == null) {
      return;
    }
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
