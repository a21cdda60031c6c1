package kg.sakchy.storage.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.Durably;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked once from the class path into a directory named for the hash of
 * their archive.
 *
 * <p>Threads: one at a time on a directory.
 */
final class PostgresBinaries {
  private static final int HASH_BUFFER = 64 * 1024;
  private static final int OWNER_MAY_EXECUTE = 0100;

  private PostgresBinaries() {}

  /**
   * @param directory where the versions live side by side
   * @return the directory with {@code bin}, {@code lib} and {@code share}
   */
  static Path install(Path directory) throws IOException {
    Path installed = directory.resolve("postgresql-" + fingerprint());
    if (!Files.isDirectory(installed)) {
      Path unpacked = directory.resolve("unpacking-" + UUID.randomUUID());
      unpack(unpacked);
      Durably.move(unpacked, installed);
    }
    return installed;
  }

  private static InputStream archive() throws IOException {
    try {
      return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
          system(), System.getProperty("os.arch", ""));
    } catch (IllegalStateException e) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED,
          "no embedded database for this platform; name one in database.url",
          e);
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "");
    return name.startsWith("Windows") ? "Windows" : name.startsWith("Mac") ? "Darwin" : "Linux";
  }

  private static String fingerprint() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
    byte[] buffer = new byte[HASH_BUFFER];
    try (InputStream in = new DigestInputStream(archive(), digest)) {
      while (in.read(buffer) >= 0) {
        // the digest looks on
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static void unpack(Path target) throws IOException {
    Files.createDirectories(target);
    try (InputStream archive = archive();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("an archive that leaves its directory: " + entry.getName());
        }
        unpack(tar, entry, path);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    Files.createDirectories(entry.isDirectory() ? path : Durably.parent(path));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, path);
      if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !path.toFile().setExecutable(true)) {
        throw new IOException("cannot make executable: " + path);
      }
    }
  }
}
