package kg.sakchy.storage.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Runs PostgreSQL's programs.
 *
 * <p>On Linux they start in a session of their own, so that Ctrl-C at the terminal reaches this
 * server alone, which then stops them in order; and, for root, in a user namespace in which root is
 * nobody, because PostgreSQL refuses to run as root.
 *
 * <p>Threads: stateless.
 */
final class Programs {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int STOP_SECONDS = 30;

  private final Path home;
  private final List<String> wrapper = new ArrayList<>();

  /**
   * @param home directory with {@code bin}
   */
  Programs(Path home) {
    this.home = home;
    if (Files.isExecutable(SETSID)) {
      wrapper.add(SETSID.toString());
    }
    if ("root".equals(System.getProperty("user.name"))) {
      wrapper.add(UNSHARE.toString());
      wrapper.add("--user");
    }
  }

  /** Makes a cluster whose only user needs the password in {@code passwordFile}. */
  void initialise(Path cluster, String user, Path passwordFile) throws IOException {
    run(
        "initdb",
        "--pgdata=" + cluster,
        "--username=" + user,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions");
  }

  /**
   * Starts the server in the background.
   *
   * @param settings {@code name=value}, over those of the cluster
   * @param log what it says is appended here
   */
  Process start(Path cluster, List<String> settings, Path log) throws IOException {
    List<String> command = command("postgres", "-D", cluster.toString());
    for (String setting : settings) {
      command.add("-c");
      command.add(setting);
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .redirectInput(Redirect.from(nothing()))
        .start();
  }

  /** Stops the server of a cluster: ends its connections, writes a checkpoint, waits. */
  void stop(Path cluster) throws IOException {
    run("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "" + STOP_SECONDS);
  }

  private void run(String program, String... arguments) throws IOException {
    Path output = Files.createTempFile("postgres", ".out");
    try {
      Process process =
          new ProcessBuilder(command(program, arguments))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(program + " does not end");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            program + " failed: " + Files.readString(output, StandardCharsets.ISO_8859_1).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "interrupted while " + program + " runs", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static java.io.File nothing() {
    return new java.io.File(
        System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}
