package kg.sakchy.onvif.soap;

/**
 * XML that is ready to be sent: made by an {@link XmlTemplate}, or kept verbatim from an answer.
 *
 * @param xml well-formed content without a declaration; may be empty
 */
public record XmlFragment(String xml) {
  public static final XmlFragment EMPTY = new XmlFragment("");

  /** This and then the other. */
  public XmlFragment and(XmlFragment other) {
    return new XmlFragment(xml + other.xml);
  }

  /** The fragments one after the other. */
  public static XmlFragment join(Iterable<XmlFragment> fragments) {
    StringBuilder all = new StringBuilder();
    for (XmlFragment fragment : fragments) {
      all.append(fragment.xml);
    }
    return new XmlFragment(all.toString());
  }

  @Override
  public String toString() {
    return xml;
  }
}
