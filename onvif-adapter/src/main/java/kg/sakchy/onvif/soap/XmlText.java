package kg.sakchy.onvif.soap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an answer into text. In order: what a byte order mark says, UTF-8 if the bytes
 * are UTF-8, the encoding of the XML declaration, the charset of the Content-Type; what fits none
 * of them is read as UTF-8 with U+FFFD for the broken bytes, because a camera whose name is spelt
 * wrongly is still a camera.
 *
 * <p>UTF-8 is tried before the declaration: text of another encoding is hardly ever valid UTF-8 by
 * accident, while cameras do declare {@code ISO-8859-1} or {@code US-ASCII} and send UTF-8.
 */
final class XmlText {
  private static final Pattern DECLARED =
      Pattern.compile("^\\s*<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");
  private static final Pattern PARAMETER =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);
  private static final int DECLARATION_BYTES = 200;

  private XmlText() {}

  static String decode(byte[] bytes, @Nullable String contentType) {
    String utf16 = byteOrderMark(bytes);
    if (utf16 != null) {
      return utf16;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    String declaration =
        new String(
            bytes, 0, Math.min(bytes.length, DECLARATION_BYTES), StandardCharsets.ISO_8859_1);
    String declared = strictly(bytes, DECLARED.matcher(declaration));
    if (declared == null && contentType != null) {
      declared = strictly(bytes, PARAMETER.matcher(contentType));
    }
    return declared == null ? text : declared;
  }

  private static @Nullable String byteOrderMark(byte[] bytes) {
    if (bytes.length < 2) {
      return null;
    }
    int mark = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    return switch (mark) {
      case 0xFEFF, 0xFFFE -> new String(bytes, StandardCharsets.UTF_16);
      case 0x003C -> new String(bytes, StandardCharsets.UTF_16BE);
      case 0x3C00 -> new String(bytes, StandardCharsets.UTF_16LE);
      default -> null;
    };
  }

  private static @Nullable String strictly(byte[] bytes, Matcher name) {
    if (!name.find()) {
      return null;
    }
    try {
      return Charset.forName(name.group(1).toUpperCase(Locale.ROOT))
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (IllegalCharsetNameException
        | UnsupportedCharsetException
        | CharacterCodingException e) {
      return null;
    }
  }
}
