package kg.sakchy.core.unit;

/** Text as a database keeps it. Threads: stateless. */
public final class StorableText {
  private StorableText() {}

  /**
   * The text without zero bytes and halves of surrogate pairs, which PostgreSQL and UTF-8 cannot
   * hold, and cut off where it is too long.
   *
   * @param limit most characters (code points) that are looked at
   */
  public static String of(String told, int limit) {
    if (told.length() <= limit && told.chars().allMatch(StorableText::isPlain)) {
      return told;
    }
    StringBuilder kept = new StringBuilder(Math.min(told.length(), limit));
    told.codePoints()
        .limit(limit)
        .filter(point -> point != 0 && Character.getType(point) != Character.SURROGATE)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isPlain(int unit) {
    return unit != 0 && !Character.isSurrogate((char) unit);
  }
}
