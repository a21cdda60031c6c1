package kg.sakchy.console.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Whether anything has changed that a build is made of. */
final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 over names and content of all files below some places. */
  static String of(List<Path> places) throws IOException {
    return of(places, List.of());
  }

  /**
   * The same, with the names of jars: theirs carry the version.
   *
   * @param places files and directories; one that is missing counts as empty
   */
  static String of(List<Path> places, List<Path> jars) throws IOException {
    MessageDigest digest = sha256();
    for (Path place : places) {
      for (Path file : files(place)) {
        digest.update(place.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(Files.readAllBytes(file));
        digest.update((byte) 0);
      }
    }
    for (Path jar : jars) {
      digest.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** All files below a place, in a fixed order. */
  static List<Path> files(Path place) throws IOException {
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
