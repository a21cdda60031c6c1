package kg.sakchy.storage.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * Writes a log so that it can be verified without the server: lines of JSON, see {@code
 * ref/audit-format.md}. First {@link #begin}, then records and checkpoints in the order of the log.
 *
 * <p>Threads: one. The stream stays the caller's; VmsException UNAVAILABLE when it takes no more.
 */
public final class AuditExportWriter {
  /** What the first line says it is. */
  static final String FORMAT = "sakchy-audit";

  static final long VERSION = 1;

  private final OutputStream out;

  public AuditExportWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * The first line.
   *
   * @param start the tree over the records that go before those written
   * @param hash of the last of them
   * @param end the checkpoint of all records up to the last written
   * @param keys that signed the checkpoints
   */
  public void begin(MerkleFrontier start, Bytes hash, SignedNote end, List<VerifierKey> keys) {
    line(
        new CanonicalJson()
            .begin()
            .text("checkpoint", end.text())
            .text("format", FORMAT)
            .text("keys", keys.stream().map(VerifierKey::toString).collect(Collectors.joining(" ")))
            .text("startHash", hex(hash))
            .text("startPeaks", HexFormat.of().formatHex(start.packed()))
            .number("startSize", start.size())
            .number("version", VERSION)
            .end()
            .toString());
  }

  public void record(AuditRecord record) {
    line("{\"hash\":\"" + hex(record.hash()) + "\",\"record\":" + record.canonical() + "}");
  }

  /** A checkpoint of the records so far. */
  public void checkpoint(String note) {
    line(new CanonicalJson().begin().text("checkpoint", note).end().toString());
  }

  private void line(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the export cannot be written", e);
    }
  }

  private static String hex(Bytes hash) {
    return HexFormat.of().formatHex(hash.toByteArray());
  }
}
