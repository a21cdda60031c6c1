package kg.sakchy.core.organisation;

import java.text.Normalizer;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Makes texts comparable that people take for the same: letter case and the forms of letters
 * (Unicode NFKC, UAX #15) do not matter. Letters of other alphabets that look alike stay different.
 *
 * <p>Threads: stateless.
 */
public final class SearchText {
  /** What is looked for has at most so many characters. */
  public static final int MAX_CHARS = 200;

  private SearchText() {}

  /** The comparable form of a text, without white space around it. */
  public static String fold(String text) {
    String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC).strip();
  }

  /**
   * The comparable form of what somebody looks for.
   *
   * @throws VmsException INVALID_ARGUMENT when it is longer than {@link #MAX_CHARS}
   */
  public static String wanted(String text) {
    if (text.length() > MAX_CHARS) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "a text to search for has at most 200 characters");
    }
    return fold(text);
  }

  /** Everything of a unit that a search looks at, comparable; a line each. */
  public static String of(Organisation.Draft unit) {
    return String.join(
        "\n",
        fold(unit.name()),
        fold(unit.address()),
        fold(unit.geographicCode()),
        fold(unit.cadastreId()),
        fold(unit.officer()));
  }
}
