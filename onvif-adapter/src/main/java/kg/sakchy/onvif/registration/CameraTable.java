package kg.sakchy.onvif.registration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.device.CameraImports;

/**
 * A table of cameras: under a line of headings one line for each camera. Columns nobody knows are
 * passed over, and so are blank lines.
 *
 * <p>Threads: immutable.
 *
 * @param rows the lines below the headings
 */
record CameraTable(List<Row> rows) {
  /** The largest file that is read, bytes. */
  static final int MAX_BYTES = 32 << 20;

  CameraTable {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a CSV file or a workbook, whichever it is, whatever it is called.
   *
   * @throws kg.sakchy.core.error.VmsException INVALID_ARGUMENT when it is no table, has no column
   *     for addresses or a column twice, or over {@link CameraImports#MAX_ROWS} rows
   */
  static CameraTable read(byte[] file) {
    if (file.length > MAX_BYTES) {
      throw TableLine.wrong("the table is larger than 32 MB");
    }
    if (XlsxReader.isCompoundFile(file)) {
      throw TableLine.wrong(
          "the table is an old or an encrypted workbook; save it as XLSX or CSV without a"
              + " password");
    }
    int most = CameraImports.MAX_ROWS + 2; // the headings, and one to see that it is too many
    return of(
        XlsxReader.isZip(file)
            ? XlsxReader.read(file, most)
            : CsvReader.read(TextDecoding.decode(file), most));
  }

  private static CameraTable of(List<TableLine> lines) {
    if (lines.isEmpty()) {
      throw TableLine.wrong("the table is empty");
    }
    if (lines.size() - 1 > CameraImports.MAX_ROWS) {
      throw TableLine.wrong("the table has over " + CameraImports.MAX_ROWS + " rows");
    }
    Map<Column, Integer> places = places(lines.getFirst().cells());
    List<Row> rows = new ArrayList<>(lines.size());
    for (TableLine line : lines.subList(1, lines.size())) {
      Map<Column, String> values = new EnumMap<>(Column.class);
      places.forEach(
          (column, place) -> {
            if (place < line.cells().size() && !line.cells().get(place).isEmpty()) {
              values.put(column, line.cells().get(place));
            }
          });
      rows.add(new Row(line.number(), values));
    }
    return new CameraTable(rows);
  }

  private static Map<Column, Integer> places(List<String> headings) {
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    for (int place = 0; place < headings.size(); place++) {
      Optional<Column> column = Column.of(headings.get(place));
      if (column.isPresent() && places.putIfAbsent(column.get(), place) != null) {
        throw TableLine.wrong("two columns are headed as \"" + column.get().code() + "\"");
      }
    }
    if (!places.containsKey(Column.ADDRESS)) {
      throw TableLine.wrong("the table has no column \"address\" in its first line");
    }
    return places;
  }

  /**
   * A line that describes a camera. Prints without the values: there are passwords among them.
   *
   * @param line its number
   * @param values its cells that are not empty
   */
  record Row(int line, Map<Column, String> values) {
    Row {
      values = Map.copyOf(values);
    }

    @Override
    public String toString() {
      return "Row[line=" + line + ", values=" + values.keySet() + "]";
    }
  }
}
