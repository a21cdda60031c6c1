package kg.sakchy.onvif.soap;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an XML document once, forward only, by local names.
 *
 * <p>The cursor stands on one element. {@link #children} steps through its children, and in the
 * loop the cursor stands on the child:
 *
 * <pre>{@code
 * for (XmlCursor child : cursor.children()) {
 *   switch (child.name()) {
 *     case "Name" -> name = child.text();
 *     case "Bounds" -> width = child.attribute("width");
 *     default -> {} // skipped, with all that is in it
 *   }
 * }
 * }</pre>
 *
 * <p>An element can be consumed once: by {@link #children}, by {@link #text} and its typed kin, or
 * by {@link #raw}; attributes are read before that. What is not consumed is skipped. Loops may be
 * left early.
 *
 * <p>Prefixes are not resolved: cameras send unbound ones, and bind known ones to wrong namespaces.
 *
 * <p>Hostile input: document type declarations are refused (and so are entities); depth, attributes
 * and text are capped. Threads: confined to one. Fails: {@link VmsException} DATA_LOSS on anything
 * that is not well-formed or beyond a limit.
 */
public final class XmlCursor {
  /** The largest document that is read at all. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_ATTRIBUTES = 64;
  private static final int MAX_TEXT = 1024 * 1024;
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private final Deque<Binding> bindings = new ArrayDeque<>();
  private int depth;
  private boolean unread;
  private String name = "";

  /** A namespace declaration that is in scope below the element at {@code depth}. */
  private record Binding(int depth, String attribute, String uri) {}

  private XmlCursor(XMLStreamReader reader) {
    this.reader = reader;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /**
   * Opens a document and stands on its root.
   *
   * @param bytes at most {@link #MAX_BYTES}
   * @param contentType the value of its Content-Type field, or null
   */
  public static XmlCursor open(byte[] bytes, @Nullable String contentType) {
    if (bytes.length > MAX_BYTES) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the document is larger than 4 MiB");
    }
    String text = XmlText.decode(bytes, contentType);
    int start = Math.max(0, text.indexOf('<'));
    try {
      StringReader in = new StringReader(start == 0 ? text : text.substring(start));
      XmlCursor cursor = new XmlCursor(FACTORY.createXMLStreamReader(in));
      if (!cursor.advance(0)) {
        throw new VmsException(ErrorKind.DATA_LOSS, "the document is empty");
      }
      return cursor;
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  /** Local name of the element the cursor stands on, or of the last one it stood on. */
  public String name() {
    return name;
  }

  /** The children of this element, one after the other; each is this cursor itself. */
  public Iterable<XmlCursor> children() {
    requireUnread();
    unread = false;
    int parent = depth;
    return () -> new Children(parent);
  }

  /**
   * Moves to the first child of that name.
   *
   * @return whether there is one; if not, this element is consumed
   */
  public boolean enter(String child) {
    for (XmlCursor each : children()) {
      if (each.name().equals(child)) {
        return true;
      }
    }
    return false;
  }

  /** Value of the attribute of that local name, without white space around it; null if none. */
  public @Nullable String attribute(String localName) {
    requireUnread();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String attribute = attributeName(i);
      if (local(attribute).equals(localName) && !attribute.startsWith("xmlns")) {
        return reader.getAttributeValue(i).strip();
      }
    }
    return null;
  }

  /** The element's own text, without white space around it; text of its children is left out. */
  public String text() {
    requireUnread();
    unread = false;
    int element = depth;
    String only = "";
    StringBuilder more = null;
    while (depth >= element) {
      int event = next();
      boolean own = depth == element;
      if (own && (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)) {
        if (only.isEmpty()) {
          only = reader.getText();
        } else {
          more = more == null ? new StringBuilder(only) : more;
          more.append(reader.getText());
        }
        if (only.length() > MAX_TEXT || (more != null && more.length() > MAX_TEXT)) {
          throw new VmsException(ErrorKind.DATA_LOSS, "the text of <" + name + "> is too long");
        }
      }
    }
    return (more == null ? only : more.toString()).strip();
  }

  /** The text, if there is any. */
  public Optional<String> optionalText() {
    String text = text();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** The text as a whole number; {@code 25.0} is one too. Empty if it is none. */
  public OptionalInt integer() {
    OptionalDouble number = decimal();
    return number.isPresent() && Math.abs(number.getAsDouble()) <= Integer.MAX_VALUE
        ? OptionalInt.of((int) Math.round(number.getAsDouble()))
        : OptionalInt.empty();
  }

  /** The text as a finite number, or empty. */
  public OptionalDouble decimal() {
    return number(text());
  }

  /** A text as a finite number, or empty: for attributes. */
  public static OptionalDouble number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 40) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Whether the text is {@code true} in any case, or {@code 1}. */
  public boolean flag() {
    return isTrue(text());
  }

  /** Whether a text is {@code true} in any case, or {@code 1}: for attributes. */
  public static boolean isTrue(@Nullable String text) {
    return "true".equalsIgnoreCase(text) || "1".equals(text);
  }

  /**
   * The element as the camera wrote it, its names and prefixes unchanged, with the declarations of
   * the prefixes in scope. For what has to be sent back verbatim (WS-Addressing reference
   * parameters) and for what is kept raw.
   */
  public XmlFragment raw() {
    requireUnread();
    unread = false;
    int element = depth;
    StringBuilder out = new StringBuilder();
    List<String> open = new ArrayList<>();
    startTag(out, open, true);
    while (depth >= element) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> startTag(out, open, false);
        case XMLStreamConstants.END_ELEMENT ->
            out.append("</").append(open.removeLast()).append('>');
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            XmlTemplate.escape(out, reader.getText());
        default -> {}
      }
      if (out.length() > MAX_TEXT) {
        throw new VmsException(ErrorKind.DATA_LOSS, "the element <" + name + "> is too long");
      }
    }
    return new XmlFragment(out.toString());
  }

  private void startTag(StringBuilder out, List<String> open, boolean withScope) {
    String tag = reader.getLocalName();
    open.add(tag);
    out.append('<').append(tag);
    List<String> written = new ArrayList<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String attribute = attributeName(i);
      written.add(attribute);
      appendAttribute(out, attribute, reader.getAttributeValue(i));
    }
    if (withScope) {
      for (Binding binding : bindings) {
        if (!written.contains(binding.attribute())) {
          written.add(binding.attribute());
          appendAttribute(out, binding.attribute(), binding.uri());
        }
      }
    }
    out.append('>');
  }

  private static void appendAttribute(StringBuilder out, String name, String value) {
    out.append(' ').append(name).append("=\"");
    XmlTemplate.escape(out, value);
    out.append('"');
  }

  private void requireUnread() {
    if (!unread) {
      throw new IllegalStateException("<" + name + "> was read already");
    }
  }

  /** Moves to the next element at depth {@code parent + 1}; false when the parent ends first. */
  private boolean advance(int parent) {
    while (depth >= parent) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT && depth == parent + 1) {
        unread = true;
        name = local(reader.getLocalName());
        return true;
      }
      if (event == XMLStreamConstants.END_DOCUMENT) {
        return false;
      }
    }
    return false;
  }

  private int next() {
    int event;
    try {
      event = reader.next();
    } catch (XMLStreamException e) {
      throw malformed(e);
    } catch (RuntimeException e) {
      // The platform's parser lets exceptions of its insides out on some broken documents.
      throw new VmsException(ErrorKind.DATA_LOSS, "the document is no well-formed XML", e);
    }
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> started();
      case XMLStreamConstants.END_ELEMENT -> ended();
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new VmsException(
              ErrorKind.DATA_LOSS, "the document declares or uses entities, which are refused");
      default -> {}
    }
    return event;
  }

  private void started() {
    if (++depth > MAX_DEPTH) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the document is nested too deeply");
    }
    int attributes = reader.getAttributeCount();
    if (attributes > MAX_ATTRIBUTES) {
      throw new VmsException(ErrorKind.DATA_LOSS, "an element has too many attributes");
    }
    for (int i = 0; i < attributes; i++) {
      String attribute = attributeName(i);
      if (attribute.startsWith("xmlns")) {
        bindings.push(new Binding(depth, attribute, reader.getAttributeValue(i)));
      }
    }
  }

  /** As written. The platform's reader splits prefixes off attributes, and only off attributes. */
  private String attributeName(int i) {
    String prefix = reader.getAttributePrefix(i);
    String rest = reader.getAttributeLocalName(i);
    return prefix == null || prefix.isEmpty() || rest.startsWith(prefix + ":")
        ? rest
        : prefix + ":" + rest;
  }

  private void ended() {
    while (!bindings.isEmpty() && bindings.element().depth() == depth) {
      bindings.pop();
    }
    depth--;
  }

  private static String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private static VmsException malformed(XMLStreamException e) {
    VmsException error =
        new VmsException(ErrorKind.DATA_LOSS, "the document is no well-formed XML", e);
    return e.getLocation() == null ? error : error.with("line", e.getLocation().getLineNumber());
  }

  /** Steps through the children of the element at {@code parent}. */
  private final class Children implements Iterator<XmlCursor> {
    private final int parent;
    private boolean found;

    Children(int parent) {
      this.parent = parent;
    }

    @Override
    public boolean hasNext() {
      found = found || advance(parent);
      return found;
    }

    @Override
    public XmlCursor next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      found = false;
      return XmlCursor.this;
    }
  }
}
