package kg.sakchy.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import kg.sakchy.core.camera.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of Basic authentication (RFC 7617) for one user.
 *
 * @param credentials the user
 * @param realm without quotes
 */
public record BasicVerifier(Credentials credentials, String realm) {
  /** Value of a WWW-Authenticate field. */
  public String challenge() {
    return "Basic realm=\"" + realm + "\"";
  }

  /**
   * Judges a request.
   *
   * @param authorization value of its Authorization field, or null
   */
  public boolean verify(@Nullable String authorization) {
    List<AuthField> fields =
        AuthField.parseAll(authorization == null ? List.of() : List.of(authorization));
    if (fields.isEmpty() || !fields.getFirst().scheme().equals("basic")) {
      return false;
    }
    String pair = credentials.user() + ":" + credentials.password();
    String expected = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII),
        fields.getFirst().token().getBytes(StandardCharsets.UTF_8));
  }
}
