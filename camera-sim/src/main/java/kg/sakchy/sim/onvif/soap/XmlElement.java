package kg.sakchy.sim.onvif.soap;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element that was read.
 *
 * @param namespace empty if it has none
 * @param name without prefix
 * @param attributes by name without prefix
 * @param children in their order
 * @param text all text directly inside, without space around it
 * @param scope prefixes known inside, for texts that hold qualified names
 */
public record XmlElement(
    String namespace,
    String name,
    Map<String, String> attributes,
    List<XmlElement> children,
    String text,
    Map<String, String> scope) {

  public boolean is(String wantedNamespace, String wantedName) {
    return namespace.equals(wantedNamespace) && name.equals(wantedName);
  }

  /**
   * The first child of that name in the namespace that belongs here: this element's own, or ONVIF's
   * schema if all children are of that. Others are as good as missing, and so a client that mixes
   * namespaces up is found.
   */
  public @Nullable XmlElement child(String childName) {
    return child(contentNamespace(), childName);
  }

  private String contentNamespace() {
    boolean own = children.stream().anyMatch(child -> child.namespace.equals(namespace));
    return own ? namespace : Ns.SCHEMA.uri();
  }

  /** The first child of exactly that name. */
  public @Nullable XmlElement child(String childNamespace, String childName) {
    for (XmlElement child : children) {
      if (child.is(childNamespace, childName)) {
        return child;
      }
    }
    return null;
  }

  /** All children of that name, as {@link #child(String)}. */
  public List<XmlElement> childrenNamed(String childName) {
    String content = contentNamespace();
    return children.stream().filter(child -> child.is(content, childName)).toList();
  }

  /** The element at the end of a path of children, or null. */
  public @Nullable XmlElement at(String... path) {
    XmlElement element = this;
    for (String step : path) {
      element = element.child(step);
      if (element == null) {
        return null;
      }
    }
    return element;
  }

  /** Text at the end of a path of children, or null. */
  public @Nullable String textAt(String... path) {
    XmlElement element = at(path);
    return element == null ? null : element.text();
  }

  /**
   * Text at the end of a path.
   *
   * @throws SoapFault InvalidArgs if it is missing or empty
   */
  public String require(String... path) {
    String text = textAt(path);
    if (text == null || text.isEmpty()) {
      throw SoapFault.sender(
          "ter:InvalidArgs", "missing " + String.join("/", path) + " in " + name);
    }
    return text;
  }

  /**
   * A number at the end of a path, or the default if there is none.
   *
   * @throws SoapFault InvalidArgVal if it is no number
   */
  public double number(double orElse, String... path) {
    String text = textAt(path);
    return text == null || text.isEmpty() ? orElse : parseNumber(text);
  }

  /**
   * An attribute that is a number.
   *
   * @throws SoapFault InvalidArgVal if it is missing or no number
   */
  public double attributeNumber(String attribute) {
    return parseNumber(attributes.getOrDefault(attribute, ""));
  }

  private static double parseNumber(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw SoapFault.sender("ter:InvalidArgVal", "no number: " + text);
    }
    throw SoapFault.sender("ter:InvalidArgVal", "no finite number: " + text);
  }

  /** Whether the text at the end of a path is true. */
  public boolean flag(String... path) {
    String text = textAt(path);
    return text != null && (text.equals("true") || text.equals("1"));
  }
}
