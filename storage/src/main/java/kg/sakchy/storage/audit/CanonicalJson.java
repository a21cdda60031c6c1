package kg.sakchy.storage.audit;

import java.util.Map;
import java.util.SortedMap;

/**
 * JSON in the one form that has a hash: the JSON Canonicalization Scheme (RFC 8785). Only what
 * records are made of: objects of texts, texts, and whole numbers below 2^53, which JCS writes as
 * digits (§3.2.2.3).
 *
 * <p>Threads: one.
 */
final class CanonicalJson {
  private final StringBuilder out = new StringBuilder(512);
  private boolean first = true;

  /** Begins an object. Members must be added in the order of their names (§3.2.3). */
  CanonicalJson begin() {
    out.append('{');
    first = true;
    return this;
  }

  CanonicalJson end() {
    out.append('}');
    first = false;
    return this;
  }

  CanonicalJson text(String name, String value) {
    name(name);
    quoted(value);
    return this;
  }

  CanonicalJson number(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  /** An object of texts; a sorted map of Java has the order of UTF-16 code units that JCS wants. */
  CanonicalJson texts(String name, SortedMap<String, String> values) {
    name(name);
    begin();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      text(entry.getKey(), entry.getValue());
    }
    return end();
  }

  /** An object of texts alone. */
  static String of(SortedMap<String, String> values) {
    CanonicalJson json = new CanonicalJson().begin();
    values.forEach(json::text);
    return json.end().toString();
  }

  private void name(String name) {
    if (!first) {
      out.append(',');
    }
    first = false;
    quoted(name);
    out.append(':');
  }

  /** §3.2.2.2: the short escapes, {@code \}{@code u00xx} for other controls, the rest as it is. */
  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (unit < ' ') {
            out.append("\\u00").append(Character.forDigit(unit >> 4, 16));
            out.append(Character.forDigit(unit & 15, 16));
          } else {
            out.append(unit);
          }
        }
      }
    }
    out.append('"');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
