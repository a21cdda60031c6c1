package kg.sakchy.storage.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} in a cluster's directory says of the server that runs, or ran, on it.
 *
 * @param pid its process, line 1
 * @param status line 8, which the server writes last: {@code ready} once it takes connections
 */
record PostmasterFile(long pid, String status) {
  private static final int PID_LINE = 0;
  private static final int STATUS_LINE = 7;

  static Optional<PostmasterFile> read(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path(cluster), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.get(PID_LINE).strip().matches("\\d{1,9}")) {
      return Optional.empty(); // being written
    }
    return Optional.of(
        new PostmasterFile(
            Long.parseLong(lines.get(PID_LINE).strip()),
            lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : ""));
  }

  /** Where the file is. */
  static Path path(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  boolean ready() {
    return status.equals("ready");
  }

  /**
   * Whether that process is there and is a PostgreSQL server: after a reboot, the number may belong
   * to any other program.
   */
  boolean running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().command())
        .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
        .isPresent();
  }
}
