package kg.sakchy.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.ObjectStoreConfig.S3Config;
import kg.sakchy.core.config.Secret;
import org.jspecify.annotations.Nullable;

/** A real MinIO on a free port of the loopback, which can be stopped and started again. */
public final class MinioServer implements AutoCloseable {
  private static final String USER = "tester";
  private static final String PASSWORD = "tester-secret";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Path program;
  private final Path directory;
  private final int port;
  private @Nullable Process process;

  private MinioServer(Path program, Path directory) throws IOException {
    this.program = program;
    this.directory = directory;
    this.port = freePort();
  }

  /** Starts a server on an empty directory; skips the test when there is no MinIO. */
  public static MinioServer start(Path directory) throws IOException, InterruptedException {
    MinioServer server = new MinioServer(ExternalTool.require("minio").path(), directory);
    server.start();
    return server;
  }

  /** Starts again after {@link #stop()}, on the same port and data. */
  public void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "server",
            "--quiet",
            "--address",
            "127.0.0.1:" + port,
            "--console-address",
            "127.0.0.1:0",
            directory.resolve("data").toString());
    builder.environment().put("MINIO_ROOT_USER", USER);
    builder.environment().put("MINIO_ROOT_PASSWORD", PASSWORD);
    builder.environment().put("MINIO_CI_CD", "on");
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("minio.log").toFile());
    Process started = builder.start();
    process = started;
    awaitHealthy(started);
  }

  /** Kills the server; connections to it break. */
  public void stop() {
    Objects.requireNonNull(process)
        .destroyForcibly()
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  /** How to reach a bucket of this server, which is made when first used. */
  public S3Config bucket(String name) {
    return config(name, true, PASSWORD);
  }

  /** The same with a choice of what is wrong. */
  public S3Config config(String bucket, boolean createBucket, String secretKey) {
    return new S3Config(
        "http://127.0.0.1:" + port, "us-east-1", bucket, createBucket, USER, new Secret(secretKey));
  }

  /** With another user than the server knows. */
  public S3Config withUser(String bucket, String user) {
    return new S3Config(
        "http://127.0.0.1:" + port, "us-east-1", bucket, false, user, new Secret(PASSWORD));
  }

  @Override
  public void close() {
    stop();
  }

  private void awaitHealthy(Process started) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/minio/health/ready"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline && started.isAlive()) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // not listening yet
        }
        started.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
    throw new IOException("MinIO does not start; see " + directory.resolve("minio.log"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
