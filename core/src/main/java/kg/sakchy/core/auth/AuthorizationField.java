package kg.sakchy.core.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import kg.sakchy.core.access.Authentication;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the Authorization field of a request shows (RFC 9110 §11.6.2): the key of an API token
 * (Bearer, RFC 6750) or a name and a password (Basic, RFC 7617, in UTF-8).
 */
public final class AuthorizationField {
  private static final int MAX_CHARS = 2_000;

  private AuthorizationField() {}

  /**
   * What is shown; nothing for a field that is missing, longer than 2,000 characters, malformed, of
   * another scheme or of several.
   */
  public static Authentication.Shown read(@Nullable String value) {
    if (value == null || value.length() > MAX_CHARS) {
      return new Authentication.Nothing();
    }
    List<AuthField> fields = AuthField.parseAll(List.of(value));
    if (fields.size() != 1) {
      return new Authentication.Nothing();
    }
    AuthField field = fields.getFirst();
    return switch (field.scheme()) {
      case "bearer" -> new Authentication.TokenKey(field.token());
      case "basic" -> basic(field.token());
      default -> new Authentication.Nothing();
    };
  }

  private static Authentication.Shown basic(String token) {
    try {
      String pair =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getDecoder().decode(token)))
              .toString();
      int colon = pair.indexOf(':');
      return colon < 0
          ? new Authentication.Nothing()
          : new Authentication.NameAndPassword(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return new Authentication.Nothing(); // as good as none
    }
  }
}
