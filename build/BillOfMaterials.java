import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what the distribution holds, as a CycloneDX 1.6 document ({@code sbom.json}) and as a list
 * of licences ({@code THIRD-PARTY.txt}); fails when a library may not be there ({@link Licences}),
 * or when the jars are not those that Maven resolved.
 *
 * <p>The same distribution gives the same bytes: everything is sorted, there is no serial number,
 * and the time is the build's own property. It reads only what Maven has resolved (the tree of
 * dependencies, the jars, their POMs) and so works offline.
 *
 * <p>Arguments: the tree ({@code dependency:tree} as TGF), the distribution, the local repository,
 * the project's directory, and the moment of the build.
 */
final class BillOfMaterials {
  private final Path distribution;
  private final Licences licences;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Artifact> components = new TreeMap<>();
  private final Map<String, Set<String>> dependencies = new TreeMap<>();
  private final Artifact root;

  /** Something Maven resolved. */
  private record Artifact(String group, String name, String version, String classifier) {
    /** {@code group:name:jar[:classifier]:version[:scope]}. */
    static Artifact parse(String text) {
      List<String> parts = List.of(text.split(":", -1));
      return switch (parts.size()) {
        case 4, 5 -> new Artifact(parts.get(0), parts.get(1), parts.get(3), "");
        case 6 -> new Artifact(parts.get(0), parts.get(1), parts.get(4), parts.get(3));
        default -> throw new IllegalArgumentException("not an artifact: " + text);
      };
    }

    boolean isOurs() {
      return group.equals("kg.sakchy");
    }

    String file() {
      return name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    /** Package URL, which is its name in the document too. */
    String purl() {
      String qualifiers = classifier.isEmpty() ? "" : "classifier=" + classifier + "&";
      return "pkg:maven/%s/%s@%s?%stype=jar".formatted(group, name, version, qualifiers);
    }
  }

  private BillOfMaterials(Path tree, Path distribution, Licences licences) throws IOException {
    this.distribution = distribution;
    this.licences = licences;
    List<String> lines = Files.readAllLines(tree);
    int edges = lines.indexOf("#");
    Map<String, Artifact> nodes = new LinkedHashMap<>();
    for (String line : lines.subList(0, edges)) {
      String[] words = line.split(" ", 3);
      Artifact node = Artifact.parse(words[1]);
      nodes.put(words[0], node);
      components.put(node.purl(), node);
      dependencies.put(node.purl(), new TreeSet<>());
    }
    for (String line : lines.subList(edges + 1, lines.size())) {
      String[] ends = line.split(" ", 3);
      dependencies.get(nodes.get(ends[0]).purl()).add(nodes.get(ends[1]).purl());
    }
    root = nodes.values().iterator().next();
    components.remove(root.purl());
  }

  public static void main(String[] args) throws Exception {
    Licences licences = new Licences(Path.of(args[2]), Path.of(args[3]));
    BillOfMaterials bill = new BillOfMaterials(Path.of(args[0]), Path.of(args[1]), licences);
    bill.requireAll();
    bill.write(args[4]);
    bill.faults.addAll(licences.faults());
    if (!bill.faults.isEmpty()) {
      bill.faults.forEach(System.err::println);
      System.err.println("See build/licences.txt and NOTICE.");
      System.exit(1);
    }
  }

  /** Every jar is in the tree, and the other way round. */
  private void requireAll() throws IOException {
    Set<String> known = new TreeSet<>(Set.of(root.file()));
    components.values().forEach(each -> known.add(each.file()));
    Set<String> there = new TreeSet<>();
    try (Stream<Path> files = Files.list(distribution.resolve("lib"))) {
      files.forEach(file -> there.add(file.getFileName().toString()));
    }
    tell("in lib/, but no dependency: ", there, known);
    tell("a dependency, but not in lib/: ", known, there);
  }

  private void tell(String what, Set<String> some, Set<String> others) {
    some.stream().filter(file -> !others.contains(file)).forEach(file -> faults.add(what + file));
  }

  private void write(String moment) throws Exception {
    List<String> described = new ArrayList<>();
    Set<String> report = new TreeSet<>();
    for (Artifact each : components.values()) {
      List<String> ids =
          each.isOurs() ? List.of("Apache-2.0") : licences.of(each.group, each.name, each.version);
      described.add(component("library", each, ids));
      if (!each.isOurs()) {
        report.add(
            "%s:%s %s: %s".formatted(each.group, each.name, each.version, String.join(", ", ids)));
      }
    }
    Files.writeString(distribution.resolve("sbom.json"), document(described, moment));
    Files.writeString(
        distribution.resolve("THIRD-PARTY.txt"),
        """
        Libraries of others in lib/, with their licences (SPDX). sbom.json tells the same to programs.

        %s

        About some of them:

        %s\
        """
            .formatted(String.join("\n", report), licences.reasons()));
  }

  private String document(List<String> described, String moment) throws Exception {
    List<String> graph = new ArrayList<>();
    dependencies.forEach(
        (from, to) ->
            graph.add(
                "{\"ref\": %s, \"dependsOn\": [%s]}"
                    .formatted(
                        quoted(from),
                        joined(to.stream().map(BillOfMaterials::quoted).toList(), " "))));
    return """
    {
      "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
      "bomFormat": "CycloneDX",
      "specVersion": "1.6",
      "version": 1,
      "metadata": {"timestamp": %s, "component": %s},
      "components": [
        %s
      ],
      "dependencies": [
        %s
      ]
    }
    """
        .formatted(
            quoted(moment),
            component("application", root, List.of("Apache-2.0")),
            joined(described, "\n    "),
            joined(graph, "\n    "));
  }

  private String component(String type, Artifact artifact, List<String> ids)
      throws IOException, GeneralSecurityException {
    Path jar = distribution.resolve("lib").resolve(artifact.file());
    String hash =
        Files.exists(jar)
            ? HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)))
            : "";
    String names =
        "\"type\": %s, \"bom-ref\": %s, \"group\": %s, \"name\": %s, \"version\": %s, \"purl\": %s"
            .formatted(
                quoted(type),
                quoted(artifact.purl()),
                quoted(artifact.group),
                quoted(artifact.name),
                quoted(artifact.version),
                quoted(artifact.purl()));
    return "{%s, \"hashes\": [{\"alg\": \"SHA-256\", \"content\": %s}], \"licenses\": [%s]}"
        .formatted(names, quoted(hash), choice(ids));
  }

  /** One expression, or several ids: the document takes either. */
  private static String choice(List<String> ids) {
    return ids.size() == 1
        ? "{\"expression\": " + quoted(ids.getFirst()) + "}"
        : joined(
            ids.stream().map(id -> "{\"license\": {\"id\": " + quoted(id) + "}}").toList(), " ");
  }

  private static String joined(Collection<String> parts, String space) {
    return parts.stream().collect(Collectors.joining("," + space));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
