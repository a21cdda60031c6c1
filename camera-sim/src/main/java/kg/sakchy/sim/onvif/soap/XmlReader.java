package kg.sakchy.sim.onvif.soap;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads small XML documents of strangers: no DTD, no entities, bounded. Threads: any. */
public final class XmlReader {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_ELEMENTS = 20_000;
  private static final XMLInputFactory FACTORY = factory();

  private XmlReader() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * Reads a document.
   *
   * @throws SoapFault WellFormed if it is no XML, has a DTD, or is deeper or larger than any
   *     request
   */
  public static XmlElement read(byte[] document) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
          if (reader.getEventType() == XMLStreamConstants.DTD) {
            throw notWellFormed();
          }
        }
        XmlElement root = new Walk(reader).element(Map.of(), 0);
        while (reader.hasNext()) {
          reader.next();
        }
        return root;
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw notWellFormed();
    }
  }

  private static SoapFault notWellFormed() {
    return SoapFault.sender("ter:WellFormed", "the request is no well-formed XML");
  }

  /** One pass through one document. */
  private static final class Walk {
    private final XMLStreamReader reader;
    private int elements;

    Walk(XMLStreamReader reader) {
      this.reader = reader;
    }

    XmlElement element(Map<String, String> outer, int depth) throws XMLStreamException {
      if (depth > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
        throw notWellFormed();
      }
      Map<String, String> scope = scope(outer);
      String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
      String name = reader.getLocalName();
      Map<String, String> attributes = new HashMap<>();
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
      List<XmlElement> children = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      int event = reader.next();
      while (event != XMLStreamConstants.END_ELEMENT) {
        switch (event) {
          case XMLStreamConstants.START_ELEMENT -> children.add(element(scope, depth + 1));
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              text.append(reader.getText());
          case XMLStreamConstants.ENTITY_REFERENCE -> throw notWellFormed();
          default -> {
            // Comments and processing instructions mean nothing.
          }
        }
        event = reader.next();
      }
      return new XmlElement(
          namespace, name, attributes, List.copyOf(children), text.toString().strip(), scope);
    }

    private Map<String, String> scope(Map<String, String> outer) {
      if (reader.getNamespaceCount() == 0) {
        return outer;
      }
      Map<String, String> scope = new HashMap<>(outer);
      for (int i = 0; i < reader.getNamespaceCount(); i++) {
        String prefix = reader.getNamespacePrefix(i);
        String uri = reader.getNamespaceURI(i);
        scope.put(prefix == null ? "" : prefix, uri == null ? "" : uri);
      }
      return scope;
    }
  }
}
