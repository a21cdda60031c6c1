package kg.sakchy.onvif.registration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first sheet of a workbook (ECMA-376 part 1: §18.2 workbook, §18.3 worksheet, §18.4
 * shared strings), values only. Elements are matched by local name, so both the transitional and
 * the strict form are read.
 *
 * <p>A workbook is a ZIP of XML files and may be made to harm: at most 128 MB are unpacked, 2000
 * files looked at, and document types refused.
 *
 * <p>Threads: for one thread.
 */
final class XlsxReader {
  private static final int MAX_UNPACKED = 128 << 20;
  private static final int MAX_FILES = 2_000;

  private final Map<String, byte[]> files;
  private final List<String> sharedStrings = new ArrayList<>();

  private XlsxReader(Map<String, byte[]> files) {
    this.files = files;
  }

  /** Whether a file begins as a ZIP does. */
  static boolean isZip(byte[] file) {
    return file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 && file[3] == 4;
  }

  /** Whether a file begins as old (XLS) and encrypted workbooks do. */
  static boolean isCompoundFile(byte[] file) {
    return file.length > 3
        && (file[0] & 0xff) == 0xd0
        && (file[1] & 0xff) == 0xcf
        && file[2] == 0x11
        && (file[3] & 0xff) == 0xe0;
  }

  /**
   * The lines that are not blank.
   *
   * @param maxLines to stop after so many
   * @throws VmsException INVALID_ARGUMENT when it is no workbook, damaged or too large
   */
  static List<TableLine> read(byte[] workbook, int maxLines) {
    try {
      return new XlsxReader(unpack(workbook)).firstSheet(maxLines);
    } catch (IOException | XMLStreamException | NumberFormatException e) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the workbook is damaged", e);
    }
  }

  private static Map<String, byte[]> unpack(byte[] workbook) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    int left = MAX_UNPACKED;
    int looked = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = zip.readNBytes(left + 1);
        left -= content.length;
        if (left < 0 || ++looked > MAX_FILES) {
          throw TableLine.wrong("the workbook is too large when unpacked");
        }
        if (entry.getName().startsWith("xl/")) {
          files.put(entry.getName(), content);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("a file name in the ZIP is not UTF-8", e);
    }
    return files;
  }

  private List<TableLine> firstSheet(int maxLines) throws XMLStreamException, IOException {
    String relation = firstSheetRelation();
    String sheet = null;
    for (XMLStreamReader xml = open("xl/_rels/workbook.xml.rels"); nextElement(xml); ) {
      if (xml.getLocalName().equals("Relationship")) {
        String target = part(String.valueOf(attribute(xml, "Target")));
        if (relation.equals(attribute(xml, "Id"))) {
          sheet = target;
        } else if (String.valueOf(attribute(xml, "Type")).endsWith("/sharedStrings")) {
          readSharedStrings(target);
        }
      }
    }
    if (sheet == null) {
      throw TableLine.wrong("the workbook has no sheet");
    }
    return new Sheet(open(sheet), maxLines).read();
  }

  private String firstSheetRelation() throws XMLStreamException, IOException {
    for (XMLStreamReader xml = open("xl/workbook.xml"); nextElement(xml); ) {
      if (xml.getLocalName().equals("sheet")) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
          // r:id, as opposed to sheetId; the namespace differs between the two forms.
          if (xml.getAttributeLocalName(i).equals("id") && xml.getAttributeNamespace(i) != null) {
            return xml.getAttributeValue(i);
          }
        }
      }
    }
    throw TableLine.wrong("the workbook has no sheet");
  }

  private void readSharedStrings(String name) throws XMLStreamException, IOException {
    for (XMLStreamReader xml = open(name); nextElement(xml); ) {
      if (xml.getLocalName().equals("si")) {
        sharedStrings.add(text(xml));
      }
    }
  }

  /**
   * The text of a value, or of the {@code t} elements below the current one without its phonetic
   * hints (§18.4.6).
   */
  private static String text(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    boolean value = xml.getLocalName().equals("v");
    int depth = 1;
    int phonetic = 0;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamReader.START_ELEMENT -> {
          depth++;
          value = xml.getLocalName().equals("t") && phonetic == 0;
          if (xml.getLocalName().equals("rPh")) {
            phonetic = depth;
          }
        }
        case XMLStreamReader.END_ELEMENT -> {
          if (depth == phonetic) {
            phonetic = 0;
          }
          depth--;
          value = false;
        }
        case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
          if (value) {
            append(text, xml.getText());
          }
        }
        default -> {}
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String more) {
    if (text.length() + more.length() > TableLine.MAX_CELL) {
      throw TableLine.wrong("the workbook has a cell of over 4000 characters");
    }
    text.append(more);
  }

  private XMLStreamReader open(String name) throws XMLStreamException, IOException {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IOException("no " + name + " in the workbook");
    }
    return factory().createXMLStreamReader(new ByteArrayInputStream(content));
  }

  /** Targets are relative to xl/, or absolute. */
  private static String part(String target) {
    return target.startsWith("/") ? target.substring(1) : "xl/" + target;
  }

  private static boolean nextElement(XMLStreamReader xml) throws XMLStreamException {
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamReader.START_ELEMENT) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String attribute(XMLStreamReader xml, String name) {
    return xml.getAttributeValue(null, name);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** The cells of one worksheet (§18.3.1). */
  private final class Sheet {
    private final XMLStreamReader xml;
    private final int maxLines;
    private final List<TableLine> lines = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private int number;

    Sheet(XMLStreamReader xml, int maxLines) {
      this.xml = xml;
      this.maxLines = maxLines;
    }

    List<TableLine> read() throws XMLStreamException, IOException {
      while (nextElement(xml) && lines.size() < maxLines) {
        switch (xml.getLocalName()) {
          case "row" -> {
            endLine();
            String reference = attribute(xml, "r");
            number = reference == null ? number + 1 : Integer.parseInt(reference);
          }
          case "c" -> cell();
          default -> {}
        }
      }
      endLine();
      return lines;
    }

    private void endLine() {
      TableLine line = new TableLine(number, cells);
      cells.clear();
      if (!line.isBlank() && lines.size() < maxLines) {
        lines.add(line);
      }
    }

    private void cell() throws XMLStreamException, IOException {
      String reference = attribute(xml, "r");
      String type = attribute(xml, "t");
      int column = reference == null ? cells.size() : columnOf(reference);
      String value = value(type == null ? "n" : type).strip();
      if (column < cells.size() || column >= TableLine.MAX_CELLS) {
        return; // far to the right stand only formats
      }
      while (cells.size() < column) {
        cells.add("");
      }
      cells.add(value);
    }

    /** Reads to the end of the cell. */
    private String value(String type) throws XMLStreamException, IOException {
      StringBuilder value = new StringBuilder();
      while (xml.next() != XMLStreamReader.END_ELEMENT || !xml.getLocalName().equals("c")) {
        if (xml.getEventType() == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "v", "is" -> append(value, text(xml));
            default -> {} // a formula, whose text ends up in no cell
          }
        }
      }
      return switch (type) {
        case "s" -> shared(value.toString());
        case "n" -> number(value.toString().strip());
        default -> value.toString(); // inlineStr, str, b, e
      };
    }

    private String shared(String index) throws IOException {
      int number = Integer.parseInt(index.strip());
      if (number < 0 || number >= sharedStrings.size()) {
        throw new IOException("a shared string that is not there");
      }
      return sharedStrings.get(number);
    }

    /** As a person reads it: {@code 42.874600000000001} is 42.8746, {@code 4.17E13} has no E. */
    private static String number(String value) {
      double parsed = value.isEmpty() ? Double.NaN : Double.parseDouble(value);
      return Double.isFinite(parsed) && Math.abs(parsed) < 1e18
          ? BigDecimal.valueOf(parsed).stripTrailingZeros().toPlainString()
          : "";
    }

    private static int columnOf(String reference) {
      int column = 0;
      for (int i = 0; i < reference.length() && column < TableLine.MAX_CELLS; i++) {
        char letter = reference.charAt(i);
        if (letter < 'A' || letter > 'Z') {
          break;
        }
        column = column * 26 + letter - 'A' + 1;
      }
      return column == 0 ? TableLine.MAX_CELLS : column - 1;
    }
  }
}
