import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Which licences libraries have, by their POMs, and whether the project may ship them, by {@code
 * build/licences.txt}.
 */
final class Licences {
  private final Path repository;
  private final DocumentBuilder xml;
  private final String notice;
  private final Set<String> allowed = new HashSet<>();
  private final Map<String, String> spelled = new HashMap<>();
  private final Map<String, Reviewed> reviewed = new LinkedHashMap<>();
  private final Set<String> unused;
  private final List<String> faults = new ArrayList<>();

  /** A library whose licence somebody has looked at. */
  private record Reviewed(String licence, String notice, String why) {}

  /**
   * @param repository Maven's local one
   * @param project with {@code build/licences.txt} and {@code NOTICE}
   */
  Licences(Path repository, Path project) throws Exception {
    this.repository = repository;
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    xml = factory.newDocumentBuilder();
    notice = Files.readString(project.resolve("NOTICE"));
    Files.readAllLines(project.resolve("build/licences.txt")).forEach(this::readRule);
    unused = new TreeSet<>(reviewed.keySet());
  }

  private void readRule(String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "allowed" -> allowed.add(words[1]);
      case "spelled" -> {
        String[] both = words[1].split(" = ", 2);
        spelled.put(both[1], both[0]);
      }
      case "reviewed" -> {
        String[] parts = words[1].split(" \\| ", 4);
        reviewed.put(parts[0], new Reviewed(parts[1], parts[2], parts[3]));
      }
      case "", "#" -> {}
      default -> throw new IllegalArgumentException("build/licences.txt: " + line);
    }
  }

  /** What is wrong, after all libraries were asked for. */
  List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    unused.forEach(each -> all.add("reviewed, but not in the distribution: " + each));
    return all;
  }

  /** Why reviewed libraries are there. */
  String reasons() {
    return reviewed.entrySet().stream()
        .map(each -> each.getKey() + ": " + each.getValue().why() + "\n")
        .collect(Collectors.joining());
  }

  /** The SPDX ids of a library, or one expression of them; what may not be there is a fault. */
  List<String> of(String group, String name, String version) throws Exception {
    for (String key : List.of(group + ":" + name, group + ":*")) {
      Reviewed found = reviewed.get(key);
      if (found != null) {
        unused.remove(key);
        if (!found.notice.equals("-") && !notice.contains(found.notice)) {
          faults.add("NOTICE does not name " + found.notice + ", for " + key);
        }
        return List.of(found.licence);
      }
    }
    List<String> told = told(group, name, version);
    if (told.isEmpty()) {
      faults.add("no licence is known of %s:%s:%s".formatted(group, name, version));
    }
    List<String> ids = new ArrayList<>();
    for (String each : told) {
      String id = spelled.getOrDefault(each, each);
      if (!allowed.contains(id)) {
        faults.add("not allowed: %s:%s:%s under %s".formatted(group, name, version, each));
      }
      ids.add(id);
    }
    return ids;
  }

  /** What the POM says, or the first above it that says something. */
  private List<String> told(String group, String name, String version) throws Exception {
    Path pom =
        repository
            .resolve(group.replace('.', '/'))
            .resolve(name)
            .resolve(version)
            .resolve(name + "-" + version + ".pom");
    if (!Files.exists(pom)) {
      throw new IOException("not in the local repository: " + pom);
    }
    Element root = xml.parse(pom.toFile()).getDocumentElement();
    List<String> names = new ArrayList<>();
    for (Element licences : children(root, "licenses")) {
      children(licences, "license").forEach(each -> names.add(text(each, "name")));
    }
    List<Element> parents = children(root, "parent");
    if (!names.isEmpty() || parents.isEmpty()) {
      return names;
    }
    Element parent = parents.getFirst();
    return told(text(parent, "groupId"), text(parent, "artifactId"), text(parent, "version"));
  }

  private static List<Element> children(Element element, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        found.add(child);
      }
    }
    return found;
  }

  private static String text(Element element, String name) {
    return children(element, name).stream()
        .findFirst()
        .map(child -> child.getTextContent().strip().replaceAll("\\s+", " "))
        .orElse("");
  }
}
