package kg.sakchy.media.hls;

import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * The delivery directives of a playlist request (RFC 8216bis §6.2.5).
 *
 * @param number {@code _HLS_msn}: wait for the playlist that has this segment, -1 for none
 * @param part {@code _HLS_part}: or this part of it, counted from 0, -1 for the whole segment
 * @param skip {@code _HLS_skip}: whether a delta update is wanted
 */
public record Directives(long number, long part, boolean skip) {
  /** Names of the query parameters. */
  public static final String MSN = "_HLS_msn";

  public static final String PART = "_HLS_part";
  public static final String SKIP = "_HLS_skip";

  /** Nothing asked. */
  public static final Directives NONE = new Directives(-1, -1, false);

  private static final int MAX_DIGITS = 15;

  /**
   * Reads them out of a query; other parameters are not looked at.
   *
   * @throws VmsException INVALID_ARGUMENT when one is no number, or a part stands without its
   *     segment (§6.2.5.2)
   */
  public static Directives parse(Map<String, String> query) {
    long number = number(query, MSN);
    long part = number(query, PART);
    if (part >= 0 && number < 0) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, PART + " needs " + MSN);
    }
    String skip = query.get(SKIP);
    return new Directives(number, part, "YES".equals(skip) || "v2".equals(skip));
  }

  private static long number(Map<String, String> query, String name) {
    @Nullable String text = query.get(name);
    if (text == null) {
      return -1;
    }
    if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch(Directives::digit)) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, name + " is not a whole number");
    }
    return Long.parseLong(text);
  }

  private static boolean digit(int character) {
    return character >= '0' && character <= '9';
  }

  /** Whether it waits for something. */
  public boolean waits() {
    return number >= 0;
  }

  /**
   * Whether a playlist has what is waited for. A part behind the last one of a whole segment is
   * part 0 of the next segment (§6.2.5.2).
   *
   * @param whole Media Sequence Number behind the last whole segment
   * @param begunParts parts of the segment with that number
   */
  public boolean satisfied(long whole, int begunParts) {
    if (number < whole) {
      return true;
    }
    return number == whole && part >= 0 && part < begunParts;
  }

  /** Why a server may refuse to wait: what is asked for lies too far ahead (§6.2.5.2). */
  public Optional<VmsException> tooFar(long whole) {
    return number <= whole + 1
        ? Optional.empty()
        : Optional.of(
            new VmsException(
                ErrorKind.INVALID_ARGUMENT,
                MSN + " is too far ahead: segment " + whole + " comes next"));
  }
}
