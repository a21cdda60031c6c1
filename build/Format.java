import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks or writes the format of every Java file below the working directory (google-java-format).
 * Run by the root pom: {@code mvn -N initialize exec:exec@format} writes; the build itself only
 * checks.
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

  public static void main(String[] args) throws Exception {
    boolean write = args.length == 1 && args[0].equals("write");
    List<Path> files = javaFiles(Path.of(""));
    List<Path> off;
    try (Stream<Path> all = files.parallelStream()) {
      off = all.filter(file -> differs(file, write)).sorted().toList();
    }
    if (write || off.isEmpty()) {
      System.out.println(files.size() + " Java files, " + off.size() + " formatted anew");
      return;
    }
    off.forEach(file -> System.err.println("not formatted: " + file));
    System.err.println("Run: mvn -N initialize exec:exec@format");
    System.exit(1);
  }

  private static boolean differs(Path file, boolean write) {
    try {
      String before = Files.readString(file);
      String after = new Formatter().formatSourceAndFixImports(before);
      if (before.equals(after)) {
        return false;
      }
      if (write) {
        Files.writeString(file, after);
      }
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return SKIPPED.contains(dir.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
