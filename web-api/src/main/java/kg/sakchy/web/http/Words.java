package kg.sakchy.web.http;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server says to people, in their language: the texts of {@code words_*.properties}.
 * Immutable.
 */
public final class Words {
  /** English, where no other language suits. */
  public static final Words EN = new Words("en");

  public static final Words RU = new Words("ru");
  public static final Words KY = new Words("ky");

  /** Every language. */
  public static final List<Words> ALL = List.of(EN, RU, KY);

  private static final int MAX_HEADER = 200;
  private static final List<Locale> LOCALES = ALL.stream().map(words -> words.locale).toList();

  private final Locale locale;
  private final ResourceBundle bundle;

  private Words(String language) {
    locale = Locale.of(language);
    bundle = ResourceBundle.getBundle("kg.sakchy.web.words_" + language, Locale.ROOT);
  }

  /**
   * The language that suits an {@code Accept-Language} header (RFC 9110 §12.5.4) best; English when
   * none does.
   */
  public static Words accepted(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER) {
      return EN;
    }
    try {
      Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LOCALES);
      return best == null ? EN : of(best.getLanguage(), EN);
    } catch (IllegalArgumentException e) {
      return EN; // a malformed header costs the translation, not the answer
    }
  }

  /** The language with this code, or {@code otherwise}. */
  public static Words of(@Nullable String language, Words otherwise) {
    for (Words words : ALL) {
      if (words.language().equals(language)) {
        return words;
      }
    }
    return otherwise;
  }

  /** ISO 639 code. */
  public String language() {
    return locale.getLanguage();
  }

  /** The text of a key, with arguments put in. */
  public String text(String key, Object... arguments) {
    String pattern = bundle.getString(key);
    return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
  }

  /** All texts whose keys begin with {@code prefix}, by what follows it. */
  public Map<String, String> texts(String prefix) {
    Map<String, String> texts = new TreeMap<>();
    for (String key : bundle.keySet()) {
      if (key.startsWith(prefix)) {
        texts.put(key.substring(prefix.length()), bundle.getString(key));
      }
    }
    return texts;
  }
}
