package kg.sakchy.onvif.registration;

import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * One line of a table before anybody knows what its cells mean.
 *
 * @param number as a spreadsheet counts it, from 1
 * @param cells texts without white space around them
 */
record TableLine(int number, List<String> cells) {
  /** Most cells of a line. */
  static final int MAX_CELLS = 200;

  /** Most characters of a cell. */
  static final int MAX_CELL = 4_000;

  TableLine {
    cells = List.copyOf(cells);
  }

  boolean isBlank() {
    return cells.stream().allMatch(String::isEmpty);
  }

  /** What is wrong with a table as a whole. */
  static VmsException wrong(String words) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, words);
  }
}
