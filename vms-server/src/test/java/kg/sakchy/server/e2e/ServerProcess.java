package kg.sakchy.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kg.sakchy.core.camera.Credentials;

/**
 * A server in a process of its own, as a user starts it, so that it can be killed; spoken to over
 * HTTP.
 *
 * <p>Threads: confined to the test's thread.
 */
final class ServerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Longest wait for anything; generous, because machines are slow and waiting costs nothing when
   * things work.
   */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI address;
  private final Duration readyAfter;
  private final HttpClient http;
  private final Administrator administrator;

  private ServerProcess(
      Process process,
      URI address,
      Duration readyAfter,
      HttpClient http,
      Administrator administrator) {
    this.process = process;
    this.address = address;
    this.readyAfter = readyAfter;
    this.http = http;
    this.administrator = administrator;
  }

  /**
   * Starts a server on {@code dataDir} and a free port and waits until it says where it listens.
   *
   * @param settings environment overrides ({@code VMS_…}) and secrets
   */
  static ServerProcess start(Path dataDir, Map<String, String> settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("kg.sakchy.server.cli.Vms", "serve"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("VMS_"));
    builder.environment().put("VMS_DATADIR", dataDir.toString());
    builder.environment().put("VMS_HTTP_PORT", "0");
    builder.environment().put("VMS_RTSP_PORT", "0");
    builder.environment().put("VMS_WEBRTC_PORT", "0");
    builder.environment().put("VMS_DEVICES_ANNOUNCEMENTS", "false"); // no business of a test
    builder.environment().putAll(settings);
    Files.createDirectories(dataDir);
    Path log = dataDir.resolve("server.log");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long began = System.nanoTime();
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int url = line.indexOf("http://");
      if (url >= 0) {
        Duration ready = Duration.ofNanos(System.nanoTime() - began);
        URI address = URI.create(line.substring(url).strip());
        HttpClient http = HttpClient.newHttpClient();
        return new ServerProcess(
            process, address, ready, http, signIn(http, address, dataDir, out));
      }
    }
    throw new AssertionError("the server did not start:\n" + Files.readString(log));
  }

  /** The first time with the password that the console says, afterwards with the one chosen. */
  private static Administrator signIn(
      HttpClient http, URI address, Path dataDir, BufferedReader out) throws IOException {
    Path signedIn = dataDir.resolve("signed-in");
    if (Files.exists(signedIn)) {
      return Administrator.again(http, address, Administrator.PASSWORD);
    }
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains(Administrator.ANNOUNCED)) {
        String password = Administrator.announced(line);
        Administrator first = Administrator.first(http, address, password);
        Files.createFile(signedIn);
        return first;
      }
    }
    throw new AssertionError("the server has announced no administrator");
  }

  /** Who is signed in. */
  Administrator administrator() {
    return administrator;
  }

  /** A request of the administrator. */
  HttpRequest.Builder request(URI at) {
    return administrator.with(HttpRequest.newBuilder(at));
  }

  /** From starting the process to its word that it listens. */
  Duration readyAfter() {
    return readyAfter;
  }

  URI uri(String path) {
    return address.resolve(path);
  }

  /** Registers a camera by its address and expects that to work. */
  void register(String id, URI source) {
    create(
        "/api/v1/cameras",
        JSON.createObjectNode().put("id", id).put("name", id).put("url", source.toString()));
  }

  /** Registers a camera as the ONVIF device at an address and expects that to work. */
  void registerDevice(String id, URI address, Credentials login) {
    create(
        "/api/v1/registrations",
        JSON.createObjectNode()
            .put("id", id)
            .put("name", id)
            .put("address", address.toString())
            .put("user", login.user())
            .put("password", login.password()));
  }

  private void create(String path, JsonNode body) {
    HttpResponse<String> answer =
        send(
            request(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
  }

  JsonNode get(String path) {
    return json(send(request(uri(path)).build()).body());
  }

  /** What is no JSON. */
  byte[] bytes(String path) {
    try {
      return http.send(request(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode status(String camera) {
    return get("/api/v1/cameras/" + camera + "/status");
  }

  JsonNode timeline(String camera, Instant from, Instant to) {
    return get("/api/v1/cameras/" + camera + "/timeline?" + range(from, to));
  }

  URI videoUri(String camera, Instant from, Instant to) {
    return uri("/api/v1/cameras/" + camera + "/video.mp4?" + range(from, to));
  }

  /** Downloads a range into a file and expects that to work. */
  Path video(String camera, Instant from, Instant to, Path file) throws IOException {
    try {
      HttpResponse<Path> answer =
          http.send(
              request(videoUri(camera, from, to)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofFile(file));
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.statusCode() + " " + Files.readString(file));
      }
      return file;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks for the camera's status until it is as wanted. */
  JsonNode awaitStatus(String camera, Predicate<JsonNode> wanted) {
    return await("/api/v1/cameras/" + camera + "/status", wanted);
  }

  /** Asks until the answer is as wanted; fails with the last answer. */
  JsonNode await(String path, Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(path);
    while (!wanted.test(last)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + path + "\n" + last.toPrettyString());
      }
      pause();
      last = get(path);
    }
    return last;
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and waits until it has stopped. */
  @Override
  public void close() {
    http.close();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Between two looks at something that takes its own time. */
  static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static String range(Instant from, Instant to) {
    return "from="
        + URLEncoder.encode(from.toString(), StandardCharsets.UTF_8)
        + "&to="
        + URLEncoder.encode(to.toString(), StandardCharsets.UTF_8);
  }
}
