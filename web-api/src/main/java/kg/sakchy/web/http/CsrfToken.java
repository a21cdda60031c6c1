package kg.sakchy.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * What a page of this server sends along when it changes something in a session, and a page of
 * another site cannot know. It follows from the secret of the session, so that nothing is stored.
 */
public final class CsrfToken {
  /** The header field it travels in. */
  public static final String HEADER = "Sakchy-Csrf";

  private static final String PURPOSE = "csrf ";

  private CsrfToken() {}

  /** The token of a session. */
  public static String of(String sessionSecret) {
    byte[] bytes = SecretHash.of(PURPOSE + sessionSecret).bytes();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Requires the token of the session that a request shows; who shows no session needs none.
   *
   * @param given as it came in {@link #HEADER}, or null
   * @throws VmsException PERMISSION_DENIED when it is missing or of another session
   */
  public static void require(Authentication.Shown shown, @Nullable String given) {
    if (shown instanceof Authentication.SessionSecret session
        && (given == null || !equal(of(session.secret()), given))) {
      throw new VmsException(
          ErrorKind.PERMISSION_DENIED,
          "what changes something in a session sends its token in the header field " + HEADER);
    }
  }

  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
