package kg.sakchy.onvif.soap;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A constant piece of XML with holes, written {@code {}}, that {@link #fill} fills. Every value is
 * escaped here and nowhere else: tokens come from cameras and passwords from people, and both may
 * hold anything.
 *
 * <p>Threads: immutable.
 */
public final class XmlTemplate {
  private static final String HOLE = "{}";

  private final List<String> pieces = new ArrayList<>();

  private XmlTemplate(String text) {
    int from = 0;
    for (int hole = text.indexOf(HOLE); hole >= 0; hole = text.indexOf(HOLE, from)) {
      pieces.add(text.substring(from, hole));
      from = hole + HOLE.length();
    }
    pieces.add(text.substring(from));
  }

  /**
   * @param text XML that uses the prefixes of {@link OnvifService}, {@code tt} and {@code wsnt}
   */
  public static XmlTemplate of(String text) {
    return new XmlTemplate(text);
  }

  /**
   * Puts the values into the holes, in order. An {@link XmlFragment} goes in as it is. A {@link
   * Duration} becomes seconds ({@code PT60S}: some cameras read no other form), an {@link Instant}
   * UTC with milliseconds, a number plain decimal. All else is escaped text.
   */
  public XmlFragment fill(Object... values) {
    if (values.length != pieces.size() - 1) {
      throw new IllegalArgumentException(
          "the template has " + (pieces.size() - 1) + " holes, not " + values.length);
    }
    StringBuilder out = new StringBuilder(pieces.getFirst());
    for (int i = 0; i < values.length; i++) {
      append(out, values[i]);
      out.append(pieces.get(i + 1));
    }
    return new XmlFragment(out.toString());
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case XmlFragment xml -> out.append(xml.xml());
      case Duration duration -> out.append("PT").append(seconds(duration)).append('S');
      case Instant instant -> out.append(instant.truncatedTo(ChronoUnit.MILLIS));
      case Double number -> out.append(plain(BigDecimal.valueOf(number)));
      default -> escape(out, value.toString());
    }
  }

  private static String seconds(Duration duration) {
    return plain(BigDecimal.valueOf(duration.toMillis(), 3));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Text as content of an element or of a quoted attribute; characters XML 1.0 bars are lost. */
  static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&apos;");
        case '\r' -> out.append("&#13;");
        default -> {
          if (isXmlCharacter(c)) {
            out.appendCodePoint(c);
          }
        }
      }
    }
  }

  /** XML 1.0 §2.2, production Char. */
  private static boolean isXmlCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
