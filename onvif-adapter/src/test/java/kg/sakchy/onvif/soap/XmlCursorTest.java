package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlCursorTest {
  private static XmlCursor open(String xml) {
    return XmlCursor.open(xml.getBytes(StandardCharsets.UTF_8), null);
  }

  /** Reads everything. */
  static void drain(XmlCursor cursor) {
    for (XmlCursor child : cursor.children()) {
      drain(child);
    }
  }

  private static void assertRefused(String xml) {
    VmsException e = catchThrowableOfType(VmsException.class, () -> drain(open(xml)));
    assertThat(e).as(xml.substring(0, Math.min(80, xml.length()))).isNotNull();
    assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS);
  }

  @Test
  void stepsThroughChildrenByLocalNameAndSkipsTheRest() {
    XmlCursor root =
        open(
            "<a:root xmlns:a='x'><skip><deep><b>no</b></deep></skip><a:b n:id=' 7 '> one "
                + "</a:b><b><![CDATA[t]]>w<x>-</x>o</b><list><i>1</i><i>2.0</i><i>x</i></list></a:root>");
    List<String> seen = new ArrayList<>();
    for (XmlCursor child : root.children()) {
      switch (child.name()) {
        case "b" -> seen.add(child.attribute("id") + "=" + child.text());
        case "list" -> {
          for (XmlCursor item : child.children()) {
            item.integer().ifPresent(number -> seen.add("#" + number));
          }
        }
        default -> seen.add("?" + child.name());
      }
    }
    assertThat(seen).containsExactly("?skip", "7=one", "null=two", "#1", "#2");
  }

  @Test
  void loopsMayBeLeftEarly() {
    XmlCursor root = open("<r><a><x/><y/></a><b>2</b></r>");
    List<String> seen = new ArrayList<>();
    for (XmlCursor child : root.children()) {
      seen.add(child.name());
      if (child.name().equals("a")) {
        assertThat(child.enter("x")).isTrue();
      }
    }
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void anElementIsReadOnce() {
    XmlCursor root = open("<r>t</r>");
    assertThat(root.text()).isEqualTo("t");
    assertThatThrownBy(root::text).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unboundPrefixesAreNoHindrance() {
    assertThat(open("<s:Envelope><s:Body/></s:Envelope>").enter("Body")).isTrue();
  }

  @Test
  void rawKeepsWhatHasToBeEchoed() {
    XmlCursor root =
        open(
            "<e xmlns='d' xmlns:w='urn:w'><w:ReferenceParameters xmlns:p='urn:p'>"
                + "<p:Id a='&quot;&lt;'>5 &amp; 6<w:x/></p:Id></w:ReferenceParameters></e>");
    assertThat(root.enter("ReferenceParameters")).isTrue();
    List<XmlFragment> kept = new ArrayList<>();
    for (XmlCursor parameter : root.children()) {
      kept.add(parameter.raw());
    }
    assertThat(kept).hasSize(1);
    XmlCursor again = open(kept.getFirst().xml());
    assertThat(kept.getFirst().xml())
        .startsWith("<p:Id ")
        .contains("xmlns:p=\"urn:p\"", "xmlns:w=\"urn:w\"", "<w:x></w:x>");
    assertThat(again.attribute("a")).isEqualTo("\"<");
    assertThat(again.text()).isEqualTo("5 & 6");
  }

  @Test
  void entitiesAreRefusedInEveryForm() {
    assertRefused("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>");
    assertRefused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>");
    assertRefused("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>");
    assertRefused("<a>&nbsp;</a>");
  }

  @Test
  void limits() {
    assertRefused("<a>".repeat(200) + "</a>".repeat(200));
    assertRefused("<a " + "b='1' c".repeat(1) + "='2'".repeat(1) + attributes(100) + "/>");
    VmsException text =
        catchThrowableOfType(
            VmsException.class, () -> open("<a>" + "x".repeat(2_000_000) + "</a>").text());
    assertThat(text.kind()).isEqualTo(ErrorKind.DATA_LOSS);
    VmsException size =
        catchThrowableOfType(
            VmsException.class, () -> XmlCursor.open(new byte[5 * 1024 * 1024], null));
    assertThat(size).hasMessageContaining("4 MiB");
  }

  private static String attributes(int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(" x").append(i).append("='1'");
    }
    return out.toString();
  }

  @Test
  void brokenDocuments() {
    for (String xml :
        new String[] {
          "", "   ", "hello", "<a>", "<a><b></a>", "<a b></a>", "<a", "<a>\u0001</a>"
        }) {
      assertRefused(xml);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, '', ''",
    "UTF-8, US-ASCII, ''",
    "UTF-8, '', ISO-8859-1",
    "GB2312, GB2312, ''",
    "GB2312, '', GB2312",
    "GB2312, gb2312, UTF-8",
    "UTF-16, '', ''",
    "UTF-16LE, '', ''",
  })
  void charsets(String sent, String declared, String typed) {
    String declaration =
        declared.isEmpty() ? "" : "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>";
    byte[] bytes = (declaration + "<a>东门</a>").getBytes(Charset.forName(sent));
    String type = typed.isEmpty() ? null : "application/soap+xml; charset=" + typed;
    assertThat(XmlCursor.open(bytes, type).text()).isEqualTo("东门");
  }

  @Test
  void whatFitsNoCharsetIsStillRead() {
    byte[] bytes = "<a>caf\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(XmlCursor.open(bytes, null).text()).isEqualTo("caf\uFFFD");
    byte[] unknown =
        "<?xml version='1.0' encoding='x-nonsense'?><a>caf\u00e9</a>"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(XmlCursor.open(unknown, "text/xml; charset=latin1").text()).isEqualTo("café");
  }

  @Test
  void templatesEscapeWhatPeopleAndCamerasWrite() {
    XmlFragment xml =
        XmlTemplate.of("<a b=\"{}\">{}</a>").fill("\"'<&>", "p@:/<&>]]>\u0000\ud83d\ude00\r");
    XmlCursor back = open(xml.xml());
    assertThat(back.attribute("b")).isEqualTo("\"'<&>");
    assertThat(back.text()).isEqualTo("p@:/<&>]]>\ud83d\ude00");
    assertThat(
            XmlTemplate.of("{} {} {}").fill(1.0e-4, 0.5, java.time.Duration.ofMillis(90_500)).xml())
        .isEqualTo("0.0001 0.5 PT90.5S");
  }
}
