package kg.sakchy.web.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request (RFC 3986 §3.4): names and values, percent-encoded UTF-8.
 *
 * <p>A plus sign stands for itself, not for a space: parameters here are ids, numbers and moments,
 * and {@code +06:00} pasted into an address means an offset. Each name may come once.
 */
public final class QueryString {
  private static final int MAX_PARAMETERS = 32;

  private QueryString() {}

  /**
   * Takes the query apart.
   *
   * @param query what follows the question mark, or null
   * @throws VmsException INVALID_ARGUMENT when it is malformed, or a name comes twice
   */
  public static Map<String, String> parse(@Nullable String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    String[] pairs = query.split("&", MAX_PARAMETERS + 1);
    if (pairs.length > MAX_PARAMETERS) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "more than " + MAX_PARAMETERS + " query parameters");
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        add(parameters, pair);
      }
    }
    return parameters;
  }

  private static void add(Map<String, String> parameters, String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    if (parameters.put(name, value) != null) {
      throw new VmsException(
              ErrorKind.INVALID_ARGUMENT, "the query parameter " + name + " comes twice")
          .with(Problem.FIELD, name);
    }
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        decoded.put((byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2)));
        i += 2;
      } else {
        decoded.put(raw[i]);
      }
    }
    try {
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
      return chars.toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static int hex(byte[] raw, int index) {
    int digit = index < raw.length ? Character.digit(raw[index], 16) : -1;
    if (digit < 0) {
      throw malformed();
    }
    return digit;
  }

  private static VmsException malformed() {
    return new VmsException(
        ErrorKind.INVALID_ARGUMENT,
        "the query holds a percent sign that begins no UTF-8 character");
  }
}
