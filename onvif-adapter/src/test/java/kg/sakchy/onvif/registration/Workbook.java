package kg.sakchy.onvif.registration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks for tests, file by file. */
final class Workbook {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String REL =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private final Map<String, String> files = new LinkedHashMap<>();

  /** A workbook whose first sheet has this XML for {@code sheetData}'s content. */
  Workbook(String sheetData) {
    files.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, sheetData));
    files.put(
        "xl/workbook.xml",
        ("<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet name=\"Камеры\" sheetId=\"1\""
                + " r:id=\"rId1\"/></sheets></workbook>")
            .formatted(MAIN, REL));
    files.put(
        "xl/_rels/workbook.xml.rels",
        ("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + "<Relationship Id=\"rId1\" Type=\"%1$s/worksheet\""
                + " Target=\"worksheets/sheet1.xml\"/>"
                + "<Relationship Id=\"rId2\" Type=\"%1$s/sharedStrings\""
                + " Target=\"/xl/sharedStrings.xml\"/></Relationships>")
            .formatted(REL));
    files.put("xl/sharedStrings.xml", "<sst xmlns=\"%s\"/>".formatted(MAIN));
  }

  /** Every cell as an inline string. */
  static Workbook of(List<List<String>> rows) {
    StringBuilder data = new StringBuilder();
    for (List<String> row : rows) {
      data.append("<row>");
      for (String cell : row) {
        data.append("<c t=\"inlineStr\"><is><t>").append(escape(cell)).append("</t></is></c>");
      }
      data.append("</row>");
    }
    return new Workbook(data.toString());
  }

  Workbook sharedStrings(String items) {
    return with("xl/sharedStrings.xml", "<sst xmlns=\"%s\">%s</sst>".formatted(MAIN, items));
  }

  Workbook with(String name, String content) {
    files.put(name, content);
    return this;
  }

  Workbook without(String name) {
    files.remove(name);
    return this;
  }

  byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
