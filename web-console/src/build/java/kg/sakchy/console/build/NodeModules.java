package kg.sakchy.console.build;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A {@code node_modules} directory, filled from the jars in which Maven Central has npm packages.
 *
 * <p>Such a jar holds the package somewhere below {@code META-INF/resources/}. Jars of {@code
 * org.mvnpm} keep types and source maps apart, in {@code META-INF/.more.tgz}, and leave the scope
 * out of the path: the name is the one in {@code package.json}.
 */
final class NodeModules {
  private static final String PLACE = "META-INF/resources/";
  private static final String MORE = "META-INF/.more.tgz";
  private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");
  private static final Set<String> PROGRAMS = Set.of("deno", "esbuild");

  private final Path directory;

  NodeModules(Path directory) {
    this.directory = directory.normalize();
  }

  /** Unpacks what of the jars is a package, unless the same jars were unpacked before. */
  void install(List<Path> jars) throws IOException {
    Path installed = directory.resolve(".installed");
    String list = jars.stream().map(Path::toString).collect(Collectors.joining("\n"));
    if (Files.exists(installed) && Files.readString(installed).equals(list)) {
      return;
    }
    Files.createDirectories(directory);
    for (Path jar : jars) {
      if (jar.toString().endsWith(".jar")) {
        write(jar, read(jar));
      }
    }
    Files.writeString(installed, list);
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(MORE)) {
          readMore(in.readAllBytes(), files);
        } else if (!entry.isDirectory() && entry.getName().startsWith(PLACE)) {
          files.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return files;
  }

  private static void readMore(byte[] archive, Map<String, byte[]> files) throws IOException {
    try {
      TarGz.files(archive).forEach((name, content) -> files.put("META-INF/" + name, content));
    } catch (EOFException e) {
      // Some jars carry an empty one.
    }
  }

  private void write(Path jar, Map<String, byte[]> files) throws IOException {
    String description =
        files.keySet().stream()
            .filter(name -> name.endsWith("/package.json"))
            .min(Comparator.comparingInt(String::length))
            .orElse(null);
    if (description == null) {
      return; // a jar of Java classes
    }
    Matcher name = NAME.matcher(new String(files.get(description), StandardCharsets.UTF_8));
    if (!name.find()) {
      throw new BuildFailure("a package without a name: " + jar);
    }
    String root = description.substring(0, description.lastIndexOf('/') + 1);
    Path home = inside(directory, name.group(1));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().startsWith(root)) {
        writeFile(inside(home, file.getKey().substring(root.length())), file.getValue());
      }
    }
  }

  private static void writeFile(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    if (PROGRAMS.contains(file.getFileName().toString()) && !file.toFile().setExecutable(true)) {
      throw new BuildFailure("cannot be made executable: " + file);
    }
  }

  private static Path inside(Path home, String name) {
    Path file = home.resolve(name).normalize();
    if (!file.startsWith(home)) {
      throw new BuildFailure("a package that leads out of its directory: " + name);
    }
    return file;
  }
}
