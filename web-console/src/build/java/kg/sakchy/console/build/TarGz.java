package kg.sakchy.console.build;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads compressed tar archives (POSIX ustar), with long names as pax and GNU write them.
 *
 * <p>Each entry is a header of 512 bytes (name at 0, size as octal digits at 124, type at 156,
 * prefix of the name at 345) and its content, filled up to a multiple of 512.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final Pattern PAX_PATH = Pattern.compile("path=(.*)\n");

  private TarGz() {}

  /** The regular files by name. */
  static Map<String, byte[]> files(byte[] archive) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] header = new byte[BLOCK];
    String longName = "";
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
      for (in.readFully(header); header[0] != 0; in.readFully(header)) {
        byte[] content = new byte[Integer.parseInt(text(header, 124, 12).trim(), 8)];
        in.readFully(content);
        in.skipNBytes((BLOCK - content.length % BLOCK) % BLOCK);
        switch (header[156]) {
          case 'L' -> longName = text(content, 0, content.length);
          case 'x' -> longName = paxPath(content);
          case '0', 0 -> {
            files.put(longName.isEmpty() ? name(header) : longName, content);
            longName = "";
          }
          default -> longName = "";
        }
      }
    }
    return files;
  }

  private static String paxPath(byte[] records) {
    Matcher path = PAX_PATH.matcher(new String(records, StandardCharsets.UTF_8));
    return path.find() ? path.group(1) : "";
  }

  private static String name(byte[] header) {
    String prefix = text(header, 345, 155);
    String name = text(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Up to the first zero byte. */
  private static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }
}
