package kg.sakchy.storage.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what {@link AuditExportWriter} wrote. Records are hashed byte by byte as they stand in
 * the file, so also those that a newer server wrote with more in them.
 *
 * <p>Threads: one. Memory: a line, of at most a MiB.
 */
public final class AuditExportReader {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final int LONGEST_LINE = 1 << 20;

  /** Whole numbers of JSON end here. */
  private static final long MOST_NUMBER = 1L << 53;

  private static final Pattern RECORD_BEGIN =
      Pattern.compile("\\{\"hash\":\"([0-9a-f]{64})\",\"record\":\\{");
  private static final int RECORD_AT = "{\"hash\":\"\",\"record\":".length() + 2 * Hashes.SIZE;

  private final InputStream in;
  private final List<VerifierKey> trusted;
  private final List<SignedNote> more;
  private long lines;

  private AuditExportReader(InputStream in, List<VerifierKey> trusted, List<SignedNote> more) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.trusted = trusted;
    this.more = more;
  }

  /**
   * Verifies an export.
   *
   * @param trusted keys whose signatures are believed; those that the file names when none is given
   * @param more checkpoints that somebody kept elsewhere
   * @throws VmsException INVALID_ARGUMENT when it is no export, UNAVAILABLE when it cannot be read
   */
  public static AuditReport verify(
      InputStream in, List<VerifierKey> trusted, List<SignedNote> more) {
    try {
      return new AuditExportReader(in, trusted, more).verify();
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the export cannot be read", e);
    }
  }

  private AuditReport verify() throws IOException {
    JsonNode head = head();
    AuditVerifier verifier = verifier(head);
    verifier.checkpoint(head.path("checkpoint").asText());
    more.forEach(verifier::checkpoint);
    byte @Nullable [] line = line();
    while (line != null) {
      read(line, verifier);
      line = line();
    }
    return verifier.end(-1);
  }

  private JsonNode head() throws IOException {
    byte @Nullable [] line = line();
    JsonNode head = line == null ? null : json(line);
    if (head == null
        || !head.path("format").asText().equals(AuditExportWriter.FORMAT)
        || head.path("version").asLong() != AuditExportWriter.VERSION) {
      throw notAnExport();
    }
    return head;
  }

  private AuditVerifier verifier(JsonNode head) {
    try {
      MerkleFrontier start =
          MerkleFrontier.unpack(
              head.path("startSize").asLong(),
              HexFormat.of().parseHex(head.path("startPeaks").asText()));
      Bytes hash = hash(head.path("startHash").asText());
      return new AuditVerifier(start, hash, trusted.isEmpty() ? named(head) : trusted);
    } catch (IllegalArgumentException | VmsException e) {
      throw notAnExport();
    }
  }

  private static List<VerifierKey> named(JsonNode head) {
    return Arrays.stream(head.path("keys").asText().split(" ", -1))
        .map(VerifierKey::parse)
        .toList();
  }

  private void read(byte[] line, AuditVerifier verifier) {
    String begin =
        new String(line, 0, Math.min(line.length, RECORD_AT + 1), StandardCharsets.ISO_8859_1);
    Matcher record = RECORD_BEGIN.matcher(begin);
    if (record.matches() && line[line.length - 1] == '}') {
      AuditVerifier.Found found =
          found(Arrays.copyOfRange(line, RECORD_AT, line.length - 1), hash(record.group(1)));
      if (found != null) {
        verifier.record(found);
        return;
      }
    } else {
      JsonNode other = json(line);
      if (other != null && other.path("checkpoint").isTextual()) {
        verifier.checkpoint(other.path("checkpoint").asText());
        return;
      }
    }
    verifier.unreadable("line " + lines);
  }

  private static AuditVerifier.@Nullable Found found(byte[] record, Bytes hash) {
    JsonNode read = json(record);
    if (read == null || read.path("number").asLong(MOST_NUMBER) >= MOST_NUMBER) {
      return null;
    }
    try {
      return new AuditVerifier.Found(
          read.path("number").asLong(),
          hash(read.path("previous").asText()),
          hash,
          Hashes.leaf(record));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Bytes hash(String hex) {
    byte[] hash = HexFormat.of().parseHex(hex);
    if (hash.length != Hashes.SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes");
    }
    return Bytes.copyOf(hash);
  }

  private static @Nullable JsonNode json(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new VmsException(ErrorKind.INTERNAL, "bytes in memory cannot be read", e);
    }
  }

  /** The next line without its line feed, or null at the end; what is too long is cut off. */
  private byte @Nullable [] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.size() < LONGEST_LINE) {
        line.write(next);
      }
      next = in.read();
    }
    lines++;
    return line.toByteArray();
  }

  private static VmsException notAnExport() {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, "this is no export of an audit");
  }
}
