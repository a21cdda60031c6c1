package kg.sakchy.storage.catalogue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.unit.Bytes;
import org.jdbi.v3.core.Handle;

/**
 * The init data of segments, stored once for all segments that share it, and remembered in memory
 * up to a limit.
 */
final class Formats {
  private static final int REMEMBERED = 50_000;

  private final Map<Format, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Integer, Format> formats = new ConcurrentHashMap<>();

  /** The number of a segment's format, stored now if it is new. */
  int require(Handle handle, Segment segment) {
    Format format = new Format(segment.init(), segment.codecs(), segment.width(), segment.height());
    Integer known = numbers.get(format);
    if (known != null) {
      return known;
    }
    byte[] init = format.init.toByteArray();
    byte[] hash = sha256(init);
    handle.execute(
        "insert into formats (init_sha256, init, codecs, width, height) values (?, ?, ?, ?, ?)"
            + " on conflict do nothing",
        hash,
        init,
        format.codecs,
        format.width,
        format.height);
    int number =
        handle
            .select(
                "select number from formats"
                    + " where init_sha256 = ? and codecs = ? and width = ? and height = ?",
                hash,
                format.codecs,
                format.width,
                format.height)
            .mapTo(Integer.class)
            .one();
    remember(number, format);
    return number;
  }

  /** Loads those of {@code wanted} that are not in memory, so that {@link #get} finds them. */
  Map<Integer, Format> get(Handle handle, Collection<Integer> wanted) {
    Map<Integer, Format> found = new ConcurrentHashMap<>();
    Set<Integer> missing = new HashSet<>();
    for (Integer number : wanted) {
      Format known = formats.get(number);
      if (known == null) {
        missing.add(number);
      } else {
        found.put(number, known);
      }
    }
    if (!missing.isEmpty()) {
      handle
          .createQuery(
              "select number, init, codecs, width, height from formats"
                  + " where number = any(:numbers)")
          .bindArray("numbers", Integer.class, missing)
          .map(
              (row, context) ->
                  Map.entry(
                      row.getInt("number"),
                      new Format(
                          Bytes.copyOf(row.getBytes("init")),
                          row.getString("codecs"),
                          row.getInt("width"),
                          row.getInt("height"))))
          .forEach(
              entry -> {
                found.put(entry.getKey(), entry.getValue());
                remember(entry.getKey(), entry.getValue());
              });
    }
    if (found.size() < new HashSet<>(wanted).size()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a segment's format is not in the catalogue");
    }
    return found;
  }

  /** Forgets everything: the database may be another one. */
  void forget() {
    numbers.clear();
    formats.clear();
  }

  private void remember(int number, Format format) {
    if (formats.size() >= REMEMBERED) {
      forget();
    }
    numbers.put(format, number);
    formats.put(number, format);
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * What segments of a run share.
   *
   * @param init {@code ftyp} and {@code moov}
   * @param codecs RFC 6381 strings
   * @param width luma samples
   * @param height luma samples
   */
  record Format(Bytes init, String codecs, int width, int height) {}
}
