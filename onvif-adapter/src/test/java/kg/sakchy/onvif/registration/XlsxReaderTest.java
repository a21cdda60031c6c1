package kg.sakchy.onvif.registration;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxReaderTest {
  @Test
  void readsEveryKindOfCell() {
    Workbook workbook =
        new Workbook(
                """
                <row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><r><t>in</t></r>
                <r><t xml:space="preserve">line </t></r></is></c></row>
                <row r="5"><c r="A5"><v>42.874600000000001</v></c><c r="B5"><v>4.1711E13</v></c>
                <c r="C5" t="b"><v>1</v></c><c r="D5" t="str"><f>A1&amp;"x"</f><v>made</v></c>
                <c r="E5" t="e"><v>#N/A</v></c><c r="F5" s="3"/><c r="G5"><v>30.0</v></c></row>
                <row r="6"><c r="A6"><v></v></c></row>
                """)
            .sharedStrings(
                "<si><t>no</t></si><si><t>ад</t><r><t>рес</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t>"
                    + "</rPh></si>");
    assertThat(XlsxReader.read(workbook.zip(), 100))
        .containsExactly(
            new TableLine(1, List.of("адрес", "", "inline")),
            new TableLine(5, List.of("42.8746", "41711000000000", "1", "made", "#N/A", "", "30")));
  }

  /** Written by openpyxl 3.1, which nobody here wrote. */
  @Test
  void readsAWorkbookOfAnotherProgram() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(XlsxReaderTest.class.getResourceAsStream("openpyxl.xlsx"))) {
      CameraTable table = CameraTable.read(file.readAllBytes());
      assertThat(table.rows()).hasSize(2);
      CameraRow first = CameraRow.of(table.rows().getFirst().values());
      assertThat(first.address().service()).hasToString("http://10.0.0.1/onvif/device_service");
      assertThat(first.name()).isEqualTo("Школа №5, вход");
      assertThat(first.placement().latitude()).isEqualTo(42.8746);
      assertThat(first.placement().geographicCode()).isEqualTo("41711000000000");
      assertThat(first.recording()).isTrue();
      assertThat(first.retentionDays()).isEqualTo(30);
      assertThat(table.rows().getLast().line()).isEqualTo(4);
    }
  }

  @Test
  void aDamagedWorkbookIsNamedSo() {
    byte[] whole = Workbook.of(List.of(List.of("address"), List.of("10.0.0.1"))).zip();
    assertThat(XlsxReader.read(whole, 10)).hasSize(2);
    for (int length : new int[] {4, 30, 100, whole.length / 2}) {
      assertFails(
          ErrorKind.INVALID_ARGUMENT, () -> XlsxReader.read(Arrays.copyOf(whole, length), 10));
    }
    for (String missing :
        List.of("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml")) {
      assertFails(
          ErrorKind.INVALID_ARGUMENT,
          () -> XlsxReader.read(Workbook.of(List.of()).without(missing).zip(), 10));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row><c t=\"s\"><v>7</v></c></row>",
        "<row><c t=\"s\"><v>x</v></c></row>",
        "<row r=\"one\"/>",
        "<row><c><v>abc</v></c></row>",
        "<row><c><v>1</c></row>",
        "<row>&undefined;</row>"
      })
  void aSheetThatMakesNoSenseIsRefused(String data) {
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> XlsxReader.read(new Workbook(data).zip(), 10));
  }

  @Test
  void anEntityBombIsRefusedBeforeItGoesOff() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"boom\">");
    for (int i = 1; i < 40; i++) {
      bomb.append("<!ENTITY a%1$d \"&a%2$d;&a%2$d;&a%2$d;\">".formatted(i, i - 1));
    }
    bomb.append("]><sst><si><t>&a39;</t></si></sst>");
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () ->
            XlsxReader.read(
                Workbook.of(List.of()).with("xl/sharedStrings.xml", bomb.toString()).zip(), 10));
  }

  @Test
  void aFileOfAnotherMachineIsNotRead() {
    String outside =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><sst><si><t>&e;</t></si></sst>";
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () ->
            XlsxReader.read(
                Workbook.of(List.of()).with("xl/sharedStrings.xml", outside).zip(), 10));
  }

  @Test
  void aZipBombIsRefused() {
    byte[] bomb = Workbook.of(List.of()).with("xl/media/bomb", " ".repeat(130 << 20)).zip();
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThatThrownBy(() -> XlsxReader.read(bomb, 10)).hasMessageContaining("too large");
    Workbook many = Workbook.of(List.of());
    for (int i = 0; i < 2_001; i++) {
      many.with("file-" + i, "");
    }
    assertThatThrownBy(() -> XlsxReader.read(many.zip(), 10)).hasMessageContaining("too large");
  }

  @Test
  void anEndlessCellIsRefused() {
    assertThatThrownBy(
            () -> XlsxReader.read(Workbook.of(List.of(List.of("x".repeat(4_001)))).zip(), 10))
        .hasMessageContaining("4000 characters");
  }

  @Test
  void cellsFarToTheRightAreFormatsOnly() {
    assertThat(
            XlsxReader.read(
                new Workbook(
                        "<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c>"
                            + "<c r=\"ZZZZZZZZZZ1\"><v>3</v></c></row>")
                    .zip(),
                10))
        .containsExactly(new TableLine(1, List.of("1")));
  }
}
