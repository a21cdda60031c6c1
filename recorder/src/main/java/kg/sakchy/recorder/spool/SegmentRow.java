package kg.sakchy.recorder.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;

/**
 * The row of a sealed segment as a small text file beside it, so that a restart need not read the
 * media: a line {@code name value} for each field, bytes in hex, and a last line {@code crc32} over
 * all bytes before it.
 *
 * <p>Threads: pure functions over values and files.
 */
final class SegmentRow {
  private static final String MAGIC = "sakchy-segment 1\n";
  private static final long LARGEST_BYTES = 8L << 20;
  private static final HexFormat HEX = HexFormat.of();

  private SegmentRow() {}

  /** Writes the file as a whole: a reader sees nothing or everything. */
  static void write(Path file, Segment segment) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(next, format(segment));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Empty when the file is missing, torn or altered. */
  static Optional<Segment> read(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) > LARGEST_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
    } catch (VmsException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String format(Segment segment) {
    StringBuilder text = new StringBuilder(MAGIC);
    add(text, "camera", segment.stream().camera());
    add(text, "stream", segment.stream().name().code());
    add(text, "run", segment.run());
    add(text, "sequence", segment.sequence());
    add(text, "start", segment.range().start());
    add(text, "end", segment.range().end());
    add(text, "rtp", segment.time().rtpTicks());
    add(text, "arrival", segment.time().arrival());
    Instant cameraTime = segment.time().cameraTime();
    if (cameraTime != null) {
      add(text, "camera-time", cameraTime);
    }
    add(text, "uncertainty", segment.time().uncertainty());
    if (segment.time().isFilled()) {
      add(text, "origin", segment.time().origin().code());
    }
    add(text, "decode", segment.decodeTicks());
    add(text, "init", HEX.formatHex(segment.init().toByteArray()));
    add(text, "codecs", segment.codecs());
    add(text, "width", segment.width());
    add(text, "height", segment.height());
    add(text, "key-frames", HEX.formatHex(segment.keyFrames().encode().toByteArray()));
    add(text, "frames", segment.frames());
    add(text, "packets-lost", segment.packetsLost());
    add(text, "size", segment.sizeBytes());
    add(text, "sha256", HEX.formatHex(segment.sha256().toByteArray()));
    add(text, "previous", HEX.formatHex(segment.previousSha256().toByteArray()));
    return text + "crc32 " + crc(text.toString()) + "\n";
  }

  /**
   * The reverse of {@link #format}; the state is SPOOLED.
   *
   * @throws VmsException DATA_LOSS when a field is missing or the check fails
   */
  static Segment parse(String text) {
    int check = text.lastIndexOf("crc32 ");
    if (!text.startsWith(MAGIC)
        || check < 0
        || !text.substring(check).equals("crc32 " + crc(text.substring(0, check)) + "\n")) {
      throw new VmsException(ErrorKind.DATA_LOSS, "not a whole segment row");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : text.substring(MAGIC.length(), check).split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        fields.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    String cameraTime = fields.get("camera-time");
    return new Segment(
        new StreamId(new CameraId(need(fields, "camera")), StreamName.of(need(fields, "stream"))),
        number(fields, "run"),
        Math.toIntExact(number(fields, "sequence")),
        new TimeRange(Instant.parse(need(fields, "start")), Instant.parse(need(fields, "end"))),
        new TimeBasis(
            number(fields, "rtp"),
            Instant.parse(need(fields, "arrival")),
            cameraTime == null ? null : Instant.parse(cameraTime),
            Duration.parse(need(fields, "uncertainty")),
            TimeBasis.Origin.FILLED.code().equals(fields.get("origin"))
                ? TimeBasis.Origin.FILLED
                : TimeBasis.Origin.LIVE),
        number(fields, "decode"),
        bytes(fields, "init"),
        need(fields, "codecs"),
        Math.toIntExact(number(fields, "width")),
        Math.toIntExact(number(fields, "height")),
        KeyFrameIndex.decode(bytes(fields, "key-frames")),
        Math.toIntExact(number(fields, "frames")),
        number(fields, "packets-lost"),
        number(fields, "size"),
        bytes(fields, "sha256"),
        bytes(fields, "previous"),
        Segment.State.SPOOLED);
  }

  private static void add(StringBuilder text, String name, Object value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  private static String need(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a segment row without " + name);
    }
    return value;
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(need(fields, name));
  }

  private static Bytes bytes(Map<String, String> fields, String name) {
    return Bytes.copyOf(HEX.parseHex(need(fields, name)));
  }

  private static String crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
