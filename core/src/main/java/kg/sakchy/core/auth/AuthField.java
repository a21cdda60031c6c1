package kg.sakchy.core.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A challenge of a WWW-Authenticate field, or the credentials of an Authorization field (RFC 9110
 * §11.2): a scheme with either parameters or one token.
 *
 * @param scheme lower case
 * @param token what follows the scheme if it is no parameter list, or empty
 * @param parameters names in lower case, values without quotes; of a repeated name the first counts
 */
record AuthField(String scheme, String token, Map<String, String> parameters) {
  private static final int MAX_FIELDS = 16;

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Reads all challenges of all fields; one field may hold several. Never throws. */
  static List<AuthField> parseAll(List<String> values) {
    List<AuthField> fields = new ArrayList<>();
    for (String value : values) {
      new Reader(value).read(fields);
    }
    return fields;
  }

  /** Reads one value from left to right. Threads: confined to one, used once. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    void read(List<AuthField> fields) {
      skip(" \t,");
      while (at < text.length() && fields.size() < MAX_FIELDS) {
        String scheme = word().toLowerCase(Locale.ROOT);
        if (scheme.isEmpty()) {
          return;
        }
        skip(" \t");
        Map<String, String> parameters = new LinkedHashMap<>();
        String token = nextIsParameter() ? "" : token();
        while (nextIsParameter()) {
          String name = word().toLowerCase(Locale.ROOT);
          skip(" \t=");
          parameters.putIfAbsent(name, value());
          skip(" \t,");
        }
        fields.add(new AuthField(scheme, token, parameters));
        skip(" \t,");
      }
    }

    /** A parameter is a word, an equals sign and a value; another scheme has no equals sign. */
    private boolean nextIsParameter() {
      int i = at;
      while (i < text.length() && isWord(text.charAt(i))) {
        i++;
      }
      int end = i;
      while (i < text.length() && text.charAt(i) == ' ') {
        i++;
      }
      boolean equals = end > at && i < text.length() && text.charAt(i) == '=';
      // A token of Base64 may end with equals signs; a parameter's value follows its sign.
      return equals
          && i + 1 < text.length()
          && text.charAt(i + 1) != '='
          && text.charAt(i + 1) != ',';
    }

    private String value() {
      if (at >= text.length() || text.charAt(at) != '"') {
        return until(" \t,");
      }
      at++;
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      at++;
      return value.toString();
    }

    private String token() {
      return until(" \t,");
    }

    private String word() {
      int start = at;
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private String until(String ends) {
      int start = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private void skip(String characters) {
      while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private static boolean isWord(char c) {
      return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }
  }
}
