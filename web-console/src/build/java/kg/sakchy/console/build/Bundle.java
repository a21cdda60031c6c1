package kg.sakchy.console.build;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The files as they are served.
 *
 * <pre>
 *   index.html           the page, with the names of the others filled in
 *   media-player.js      the player alone, a module for pages of tools and tests
 *   a/NAME-HASH.EXT      everything else; a name never gets another content
 *   *.gz                 the same compressed, beside each text
 *   licences/            of what is inside and not ours
 *   files.txt            all of them but itself, a path a line
 * </pre>
 */
final class Bundle {
  private static final String PAGE = "index.html";
  private static final Pattern TEXT = Pattern.compile(".*\\.(html|js|css|svg|json|txt)");
  private static final Pattern ENTRY = Pattern.compile("main-[A-Z0-9]+\\.(js|css)");
  private static final List<String> INSIDE = List.of("lit", "@fontsource/inter");
  private static final List<String> COMMON =
      List.of("--bundle", "--format=esm", "--target=es2022", "--log-level=error");

  private final Tools tools;
  private final Path source;
  private final Path out;

  /**
   * @param source directory of the page and the scripts
   * @param out directory to write; emptied first
   */
  Bundle(Tools tools, Path source, Path out) {
    this.tools = tools;
    this.source = source;
    this.out = out;
  }

  void write() throws IOException, InterruptedException {
    empty();
    List<String> small = List.of("--minify", "--legal-comments=linked", "--define:DEV=false");
    app(small, List.of("--entry-names=[name]-[hash]", "--chunk-names=part-[hash]"));
    player(List.of("--minify"));
    page();
    for (Path file : Fingerprint.files(out)) {
      if (TEXT.matcher(file.getFileName().toString()).matches()) {
        compress(file);
      }
    }
    licences();
    list();
  }

  private void licences() throws IOException {
    Path licences = Files.createDirectories(out.resolve("licences"));
    for (String name : INSIDE) {
      Files.copy(tools.licence(name), licences.resolve(name.replace('/', '-') + ".txt"));
    }
  }

  /**
   * The same with names that stay and readable scripts.
   *
   * @param change what is told apart from the change before, for pages that load themselves again
   */
  void writeForDevelopment(String change) throws IOException, InterruptedException {
    Files.createDirectories(out.resolve("a"));
    app(List.of("--sourcemap=inline", "--define:DEV=true"), List.of());
    player(List.of());
    Files.copy(
        source.resolve(PAGE), out.resolve(PAGE), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    list();
    Files.writeString(out.resolve("a/change.txt"), change);
  }

  private void app(List<String> form, List<String> names) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(COMMON);
    arguments.addAll(List.of("--splitting", "--loader:.woff2=file", "--asset-names=[name]-[hash]"));
    arguments.addAll(form);
    arguments.addAll(names);
    arguments.add("--outdir=" + out.resolve("a"));
    arguments.add(source.resolve("main.ts").toString());
    arguments.add(source.resolve("main.css").toString());
    tools.bundle(arguments);
  }

  private void player(List<String> form) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(COMMON);
    arguments.addAll(form);
    arguments.add("--outdir=" + out);
    arguments.add(source.resolve("media-player.ts").toString());
    tools.bundle(arguments);
  }

  private void page() throws IOException {
    String page = Files.readString(source.resolve(PAGE));
    for (Path file : Fingerprint.files(out.resolve("a"))) {
      Matcher entry = ENTRY.matcher(file.getFileName().toString());
      if (entry.matches()) {
        page = page.replace("/a/main." + entry.group(1), "/a/" + entry.group());
      }
    }
    Files.writeString(out.resolve(PAGE), page);
  }

  private static void compress(Path file) throws IOException {
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(Path.of(file + ".gz"))) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      Files.copy(file, packed);
    }
  }

  private void list() throws IOException {
    List<String> names =
        Fingerprint.files(out).stream()
            .map(file -> out.relativize(file).toString().replace('\\', '/'))
            .filter(name -> !name.equals("files.txt"))
            .toList();
    Files.write(out.resolve("files.txt"), names);
  }

  private void empty() throws IOException {
    if (Files.exists(out)) {
      try (Stream<Path> all = Files.walk(out)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
