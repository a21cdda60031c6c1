package kg.sakchy.onvif.registration;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values (RFC 4180) as people's programs write them: separated by commas,
 * semicolons or tabs, lines ended by CR, LF or both, cells quoted or not.
 *
 * <p>Tolerates: quotes inside an unquoted cell and text behind a closing quote (both are taken as
 * they are), and a first line {@code sep=;}. A line end inside quotes belongs to the cell, and the
 * line still counts as one, as in a spreadsheet.
 *
 * <p>Threads: for one thread.
 */
final class CsvReader {
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final String SEPARATOR_LINE = "sep=";

  private final String text;
  private final char separator;
  private final int maxLines;
  private final List<TableLine> lines = new ArrayList<>();
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private int at;
  private int number = 1;

  private CsvReader(String text, char separator, int maxLines) {
    this.text = text;
    this.separator = separator;
    this.maxLines = maxLines;
  }

  /**
   * The lines that are not blank.
   *
   * @param maxLines to stop after so many
   * @throws kg.sakchy.core.error.VmsException INVALID_ARGUMENT when a quoted cell does not end, or
   *     a line or cell is too long
   */
  static List<TableLine> read(String text, int maxLines) {
    if (text.regionMatches(true, 0, SEPARATOR_LINE, 0, SEPARATOR_LINE.length())
        && text.length() > SEPARATOR_LINE.length()) {
      String rest = text.substring(SEPARATOR_LINE.length() + 1).replaceFirst("^\\R", "");
      return new CsvReader(rest, text.charAt(SEPARATOR_LINE.length()), maxLines).lines();
    }
    return new CsvReader(text, separatorOf(text), maxLines).lines();
  }

  /** The one that gives the first line the most headings we know. */
  private static char separatorOf(String text) {
    char best = SEPARATORS[0];
    long most = -1;
    for (char candidate : SEPARATORS) {
      List<TableLine> first = new CsvReader(text, candidate, 1).lines();
      long known =
          first.isEmpty()
              ? 0
              : first.getFirst().cells().stream()
                  .filter(heading -> Column.of(heading).isPresent())
                  .count();
      if (known > most) {
        most = known;
        best = candidate;
      }
    }
    return best;
  }

  private List<TableLine> lines() {
    while (at < text.length() && lines.size() < maxLines) {
      line();
    }
    return lines;
  }

  private void line() {
    boolean more = true;
    while (more) {
      more = cell();
      if (cells.size() >= TableLine.MAX_CELLS) {
        throw TableLine.wrong("line " + number + " has over 200 cells");
      }
      cells.add(cell.toString().strip());
      cell.setLength(0);
    }
    TableLine line = new TableLine(number++, cells);
    cells.clear();
    if (!line.isBlank()) {
      lines.add(line);
    }
  }

  /** Reads a cell and what ends it; returns whether another one of the line follows. */
  private boolean cell() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
      quoted();
    }
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == separator) {
        return true;
      }
      if (next == '\r' || next == '\n') {
        if (next == '\r' && at < text.length() && text.charAt(at) == '\n') {
          at++;
        }
        return false;
      }
      append(next);
    }
    return false;
  }

  private void quoted() {
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') {
        if (at >= text.length() || text.charAt(at) != '"') {
          return;
        }
        at++;
      }
      append(next);
    }
    throw TableLine.wrong("line " + number + " has a quoted cell that does not end");
  }

  private void append(char next) {
    if (cell.length() >= TableLine.MAX_CELL) {
      throw TableLine.wrong("line " + number + " has a cell of over 4000 characters");
    }
    cell.append(next);
  }
}
