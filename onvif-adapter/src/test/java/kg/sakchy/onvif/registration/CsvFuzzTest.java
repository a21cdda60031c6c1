package kg.sakchy.onvif.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

/** Whatever file is uploaded, reading it ends with rows or with a sentence. */
class CsvFuzzTest {
  @FuzzTest
  void table(byte[] file) {
    try {
      CameraTable table = CameraTable.read(file);
      int line = 1;
      for (CameraTable.Row row : table.rows()) {
        assertThat(row.line()).isGreaterThan(line);
        line = row.line();
        understand(row);
      }
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest
  void workbook(byte[] file) {
    try {
      XlsxReader.read(file, 1_000);
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
    }
  }

  private static void understand(CameraTable.Row row) {
    try {
      CameraRow.of(row.values());
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
      assertThat(e.context()).containsKey(CameraRow.COLUMN);
    }
  }

  @Test
  void brokenTables() throws Exception {
    forBroken("table", 5_000, this::table);
  }

  @Test
  void brokenWorkbooks() throws Exception {
    forBroken("workbook", 2_000, this::workbook);
  }

  @Test
  void brokenSheetsInsideAWholeWorkbook() {
    String sheet =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>4.5E3</v></c></row>"
            + "<row r=\"7\"><c t=\"inlineStr\"><is><r><t>a</t></r></is></c><c t=\"b\"><v>1</v></c>"
            + "</row>";
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder broken = new StringBuilder(sheet);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        broken.setCharAt(random.nextInt(broken.length()), (char) (' ' + random.nextInt(95)));
      }
      workbook(new Workbook(broken.toString()).sharedStrings("<si><t>address</t></si>").zip());
    }
  }

  private static void forBroken(String method, int count, Consumer<byte[]> target)
      throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(CsvFuzzTest.class.getResource("CsvFuzzTestInputs/" + method))
                .toURI());
    List<byte[]> seeds;
    try (Stream<Path> files = Files.list(folder)) {
      seeds = files.sorted().map(CsvFuzzTest::read).toList();
    }
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      byte[] file = seeds.get(random.nextInt(seeds.size())).clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      target.accept(
          random.nextBoolean()
              ? file
              : java.util.Arrays.copyOf(file, random.nextInt(file.length + 1)));
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
