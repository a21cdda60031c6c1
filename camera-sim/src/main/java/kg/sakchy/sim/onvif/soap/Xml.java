package kg.sakchy.sim.onvif.soap;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Writes XML from its beginning to its end; texts and attributes are escaped. Attributes are given
 * as names and values in turn.
 *
 * <p>Threads: confined to one.
 */
public final class Xml {
  private final StringBuilder out = new StringBuilder(1_024);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element. */
  public Xml begin(String name, String... attributes) {
    tag(name, attributes).append('>');
    open.push(name);
    return this;
  }

  /** Closes the element opened last. */
  public Xml end() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element with a text. Numbers of floating point are written without an exponent. */
  public Xml leaf(String name, Object value, String... attributes) {
    tag(name, attributes).append('>');
    escape(text(value));
    out.append("</").append(name).append('>');
    return this;
  }

  /** An element without content. */
  public Xml empty(String name, String... attributes) {
    tag(name, attributes).append("/>");
    return this;
  }

  /** Whatever a part writes for each of some values. */
  public <T> Xml each(Collection<T> values, BiConsumer<Xml, T> part) {
    for (T value : values) {
      part.accept(this, value);
    }
    return this;
  }

  /** XML written before, as it is. */
  public Xml raw(String xml) {
    out.append(xml);
    return this;
  }

  /**
   * What was written.
   *
   * @throws IllegalStateException if an element is open still
   */
  public String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open.peek());
    }
    return out.toString();
  }

  private StringBuilder tag(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    return out;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
  }

  /** A number as XML Schema's {@code float} likes it best. */
  public static String text(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.6f", number)
        : value.toString();
  }
}
