package kg.sakchy.core.config;

/**
 * A secret that does not print. In configuration files it is a reference: {@code env:NAME} or
 * {@code file:PATH}, never the secret itself.
 *
 * @param value the secret in clear, or empty
 */
public record Secret(String value) {
  public static final Secret NONE = new Secret("");

  @Override
  public String toString() {
    return value.isEmpty() ? "" : "***";
  }
}
