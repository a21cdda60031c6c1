package kg.sakchy.onvif.registration;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
  private static final String CYRILLIC = "адрес;название;пароль\r\n10.0.0.1;Школа №5;п@роль\r\n";

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void findsTheSeparator(String separator) {
    String text = "address,name,password\n10.0.0.1,Gate,x".replace(",", separator);
    assertThat(read(text))
        .containsExactly(line(1, "address", "name", "password"), line(2, "10.0.0.1", "Gate", "x"));
  }

  @Test
  void aSeparatorInsideTheHeadingsOrTheDataMisleadsNobody() {
    assertThat(read("address;\"name, of the camera\";latitude\n10.0.0.1;a, b, c;42,87"))
        .containsExactly(
            line(1, "address", "name, of the camera", "latitude"),
            line(2, "10.0.0.1", "a, b, c", "42,87"));
  }

  @Test
  void aSpreadsheetMaySayWhichSeparatorItUses() {
    assertThat(read("sep=;\r\naddress;x\r\n1;2"))
        .containsExactly(line(1, "address", "x"), line(2, "1", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takesAnyLineEnd(String end) {
    String text = String.join(end, "address,name", "", "a,b", " , ", "c,d", "");
    assertThat(read(text))
        .containsExactly(line(1, "address", "name"), line(3, "a", "b"), line(5, "c", "d"));
  }

  @Test
  void takesQuotesAsProgramsAndPeopleWriteThem() {
    assertThat(read("address,\"a \"\"b\"\" c\", \"d\" ,e\"f,\"g\"h,\"\",\"i\r\nj\"\nnext"))
        .containsExactly(
            line(1, "address", "a \"b\" c", "d", "e\"f", "gh", "", "i\r\nj"), line(2, "next"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"p@ss", "a:b/c", "<&>", "semi;colon", "com,ma", "say \"hi\"", "'", "пароль"})
  void passwordsComeThroughUnchanged(String password) {
    String quoted = '"' + password.replace("\"", "\"\"") + '"';
    assertThat(read("address;password\n10.0.0.1;" + quoted).getLast())
        .isEqualTo(line(2, "10.0.0.1", password));
    assertThat(read("address,password\n10.0.0.1," + quoted).getLast())
        .isEqualTo(line(2, "10.0.0.1", password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1251"})
  void findsTheEncoding(String name) {
    byte[] file = CYRILLIC.getBytes(Charset.forName(name));
    assertThat(TextDecoding.decode(file)).isEqualTo(CYRILLIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsNoPartOfTheFirstHeading(String name) {
    byte[] file = ("\ufeff" + CYRILLIC).getBytes(Charset.forName(name));
    assertThat(TextDecoding.decode(file)).isEqualTo(CYRILLIC);
  }

  @Test
  void kyrgyzIsReadAsUtf8() {
    String text = "дарек;сырсөз\n10.0.0.1;өңүү";
    assertThat(TextDecoding.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
  }

  @Test
  void brokenTextIsRefused() {
    assertFails(
        ErrorKind.INVALID_ARGUMENT, () -> TextDecoding.decode(new byte[] {'a', 0, 'b', 0, 'c'}));
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> read("address\n\"never ends\n1\n2"));
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> read("address\n" + "x".repeat(4_001)));
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> read("address" + ",".repeat(200)));
    assertThat(read("")).isEmpty();
    assertThat(read("\n \n,,\n")).isEmpty();
  }

  @Test
  void stopsWhenItHasEnough() {
    assertThat(CsvReader.read("address\n" + "x\n".repeat(1_000), 10)).hasSize(10);
  }

  private static List<TableLine> read(String text) {
    return CsvReader.read(text, 1_000);
  }

  private static TableLine line(int number, String... cells) {
    return new TableLine(number, List.of(cells));
  }
}
