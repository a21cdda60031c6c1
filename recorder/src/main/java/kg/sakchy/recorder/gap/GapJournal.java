package kg.sakchy.recorder.gap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gaps in a small text file, one a line, fields separated by tabs: camera, stream, kind, start,
 * end, cause, detail. Lines that make no sense are skipped. The file is replaced as a whole.
 *
 * <p>Threads: confined to one thread at a time.
 */
final class GapJournal {
  private static final long LARGEST_BYTES = 64L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(GapJournal.class);

  private final Path file;

  GapJournal(Path file) {
    this.file = file;
  }

  /** Empty when there is no file. */
  List<Gap> read() {
    List<Gap> gaps = new ArrayList<>();
    try {
      if (!Files.exists(file) || Files.size(file) > LARGEST_BYTES) {
        return gaps;
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        if (!line.isBlank()) {
          parse(line, gaps);
        }
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("cannot read the gap journal");
    }
    return gaps;
  }

  /** Replaces the content; no gaps, no file. A failure is logged: the gaps are still in memory. */
  void write(List<Gap> gaps) {
    try {
      if (gaps.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      StringBuilder text = new StringBuilder();
      gaps.forEach(gap -> text.append(format(gap)).append('\n'));
      Path next = file.resolveSibling(file.getFileName() + ".tmp");
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("cannot write the gap journal");
    }
  }

  private static String format(Gap gap) {
    return String.join(
        "\t",
        gap.stream().camera().value(),
        gap.stream().name().code(),
        gap.kind().name(),
        gap.range().start().toString(),
        gap.range().end().toString(),
        gap.cause().name(),
        gap.detail().replaceAll("[\\t\\r\\n]", " "));
  }

  private static void parse(String line, List<Gap> gaps) {
    String[] field = line.split("\t", -1);
    if (field.length != 7) {
      return;
    }
    try {
      gaps.add(
          new Gap(
              new StreamId(new CameraId(field[0]), StreamName.of(field[1])),
              Gap.Kind.valueOf(field[2].toUpperCase(Locale.ROOT)),
              new TimeRange(Instant.parse(field[3]), Instant.parse(field[4])),
              GapCause.valueOf(field[5]),
              field[6]));
    } catch (VmsException | DateTimeException | IllegalArgumentException e) {
      LOG.atWarn().log("a line of the gap journal makes no sense and is skipped");
    }
  }
}
