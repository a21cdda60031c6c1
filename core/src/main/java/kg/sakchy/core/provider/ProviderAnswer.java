package kg.sakchy.core.provider;

import org.jspecify.annotations.Nullable;

/**
 * What a browser brings back from the provider (RFC 6749 §4.1.2).
 *
 * @param code to be exchanged for who it is; does not print
 * @param state as it was sent along
 * @param issuer who answered (RFC 9207), or null when it did not say
 */
public record ProviderAnswer(String code, String state, @Nullable String issuer) {
  @Override
  public String toString() {
    return "ProviderAnswer[***]";
  }
}
