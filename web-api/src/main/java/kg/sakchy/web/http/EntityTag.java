package kg.sakchy.web.http;

import org.jspecify.annotations.Nullable;

/**
 * Strong entity tags (RFC 9110 §8.8.3) and the conditions that name them (§13.1).
 *
 * @param value what stands between the quotes: letters, digits and hyphens
 */
public record EntityTag(String value) {
  /** As in a header: in quotes. */
  @Override
  public String toString() {
    return '"' + value + '"';
  }

  /**
   * Whether a list of tags, as in {@code If-Match}, names this one, compared strongly; {@code *}
   * names every one.
   */
  public boolean isIn(@Nullable String list) {
    return names(list, false);
  }

  /** The same compared weakly, as {@code If-None-Match} wants it. */
  public boolean isWeaklyIn(@Nullable String list) {
    return names(list, true);
  }

  private boolean names(@Nullable String list, boolean weakly) {
    if (list == null) {
      return false;
    }
    for (String item : list.split(",", -1)) {
      String tag = item.strip();
      if (tag.equals("*") || tag.equals(toString()) || (weakly && tag.equals("W/" + this))) {
        return true;
      }
    }
    return false;
  }
}
