package kg.sakchy.recorder.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import kg.sakchy.core.unit.Bytes;

/**
 * Where a stream's archive ends just now; kept in the file {@code chain} of its spool directory, as
 * {@code <end> <hash in hex>}.
 *
 * @param end end of the last segment
 * @param sha256 of the last segment, for the next one's identity
 */
public record ChainLink(Instant end, Bytes sha256) {
  private static final String FILE = "chain";

  /** Empty when there is none or it makes no sense. */
  static Optional<ChainLink> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file) || Files.size(file) > 1000) {
      return Optional.empty();
    }
    String[] field =
        new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).strip().split(" ", -1);
    try {
      return field.length == 2
          ? Optional.of(
              new ChainLink(
                  Instant.parse(field[0]), Bytes.copyOf(HexFormat.of().parseHex(field[1]))))
          : Optional.empty();
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(Path directory) throws IOException {
    Path next = directory.resolve(FILE + ".tmp");
    Files.writeString(next, end + " " + HexFormat.of().formatHex(sha256.toByteArray()));
    Files.move(
        next,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
