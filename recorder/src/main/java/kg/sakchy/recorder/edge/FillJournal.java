package kg.sakchy.recorder.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link FillMemory} remembers in a small text file, one gap a line, fields separated by tabs:
 * camera, stream, start, end, asked, failures, not before, reason. Lines that make no sense are
 * skipped. The file is replaced as a whole.
 *
 * <p>Threads: confined to one thread at a time.
 */
final class FillJournal {
  private static final long LARGEST_BYTES = 16L << 20;
  private static final int FIELDS = 8;
  private static final Logger LOG = LoggerFactory.getLogger(FillJournal.class);

  private final Path file;

  FillJournal(Path file) {
    this.file = file;
  }

  /** Empty when there is no file. */
  List<FillMemory.Entry> read() {
    List<FillMemory.Entry> entries = new ArrayList<>();
    try {
      if (Files.exists(file) && Files.size(file) <= LARGEST_BYTES) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        text.lines().filter(line -> !line.isBlank()).forEach(line -> parse(line, entries));
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("cannot read what is known of gaps that were not filled");
    }
    return entries;
  }

  /** Replaces the content. A failure is logged: what it costs is a question asked again. */
  void write(List<FillMemory.Entry> entries) {
    try {
      StringBuilder text = new StringBuilder();
      entries.forEach(entry -> text.append(format(entry)).append('\n'));
      Path next = file.resolveSibling(file.getFileName() + ".tmp");
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("cannot write what is known of gaps that were not filled");
    }
  }

  private static String format(FillMemory.Entry entry) {
    FillMemory.Key gap = entry.gap();
    return String.join(
        "\t",
        gap.stream().camera().value(),
        gap.stream().name().code(),
        gap.range().start().toString(),
        gap.range().end().toString(),
        Integer.toString(entry.asked()),
        Integer.toString(entry.failures()),
        entry.notBefore().toString(),
        entry.reason().replaceAll("[\\t\\r\\n]", " "));
  }

  private static void parse(String line, List<FillMemory.Entry> entries) {
    String[] field = line.split("\t", -1);
    if (field.length != FIELDS) {
      return;
    }
    try {
      entries.add(
          new FillMemory.Entry(
              new FillMemory.Key(
                  new StreamId(new CameraId(field[0]), StreamName.of(field[1])),
                  new TimeRange(Instant.parse(field[2]), Instant.parse(field[3]))),
              Integer.parseInt(field[4]),
              Integer.parseInt(field[5]),
              Instant.parse(field[6]),
              field[7]));
    } catch (VmsException | DateTimeException | IllegalArgumentException e) {
      LOG.atWarn().log("a line about a gap that was not filled makes no sense and is skipped");
    }
  }
}
