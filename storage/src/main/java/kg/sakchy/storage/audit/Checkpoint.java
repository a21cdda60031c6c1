package kg.sakchy.storage.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * What the log was at a moment, in the lines of a C2SP tlog-checkpoint: origin, size, root in
 * base64, and as an extension {@code time} with UTC.
 *
 * @param origin names the log for ever
 * @param size records it had
 * @param root of the Merkle tree over them
 * @param time when it was signed
 */
public record Checkpoint(String origin, long size, Bytes root, Instant time) {
  private static final String TIME = "time ";

  /** Its lines, which are signed; each ends with a line feed. */
  String text() {
    return origin
        + "\n"
        + size
        + "\n"
        + Base64.getEncoder().encodeToString(root.toByteArray())
        + "\n"
        + TIME
        + time
        + "\n";
  }

  /**
   * Reads the lines.
   *
   * @throws VmsException INVALID_ARGUMENT when they are no checkpoint
   */
  static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 5 || !lines[3].startsWith(TIME) || !lines[4].isEmpty()) {
      throw malformed();
    }
    try {
      Checkpoint read =
          new Checkpoint(
              lines[0],
              Long.parseLong(lines[1]),
              Bytes.copyOf(Base64.getDecoder().decode(lines[2])),
              Instant.parse(lines[3].substring(TIME.length())));
      if (read.size < 0 || read.root.size() != Hashes.SIZE || !read.text().equals(text)) {
        throw malformed();
      }
      return read;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw malformed();
    }
  }

  private static VmsException malformed() {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, "not the lines of a checkpoint");
  }
}
