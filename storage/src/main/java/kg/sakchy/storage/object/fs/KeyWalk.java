package kg.sakchy.storage.object.fs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree of files in the order of object keys. Directories sort with a slash behind their
 * name, so {@code a-1/x} comes before {@code a/x} as S3 has it. Only one directory's names per
 * level are in memory, and subtrees that can hold nothing of the page are never opened.
 *
 * <p>Threads: confined to one thread. Files that vanish on the way are passed over.
 */
final class KeyWalk {
  private static final Pattern DIRECTORY = Pattern.compile("([a-z0-9][a-z0-9._-]*/)*");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*/?");

  private final String prefix;
  private final String after;
  private final int limit;
  private final List<ObjectInfo> found = new ArrayList<>();

  private KeyWalk(String prefix, @Nullable ObjectKey after, int limit) {
    this.prefix = prefix;
    this.after = after == null ? "" : after.value();
    this.limit = limit;
  }

  /** One page of the objects below {@code root}. */
  static List<ObjectInfo> page(Path root, String prefix, @Nullable ObjectKey after, int limit)
      throws IOException {
    KeyWalk walk = new KeyWalk(prefix, after, limit);
    String begin = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    if (!DIRECTORY.matcher(begin).matches()) {
      return List.of(); // no key can begin so
    }
    walk.directory(root.resolve(begin), begin);
    return walk.found;
  }

  private void directory(Path directory, String key) throws IOException {
    for (String name : names(directory)) {
      if (found.size() >= limit) {
        return;
      }
      String full = key + name;
      if (full.endsWith("/")) {
        if (canHoldMore(full)) {
          directory(directory.resolve(name), full);
        }
      } else if (full.startsWith(prefix) && full.compareTo(after) > 0) {
        file(directory.resolve(name), full);
      }
    }
  }

  private boolean canHoldMore(String subtree) {
    return (subtree.startsWith(prefix) || prefix.startsWith(subtree))
        && (after.startsWith(subtree) || subtree.compareTo(after) > 0);
  }

  private void file(Path file, String key) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      found.add(
          new ObjectInfo(
              new ObjectKey(key), attributes.size(), attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return; // deleted since its name was read
    }
  }

  private static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (NAME.matcher(name).matches()) {
          names.add(Files.isDirectory(entry) ? name + "/" : name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // no key begins so, or the directory became empty and was removed
    }
    names.sort(null);
    return names;
  }
}
