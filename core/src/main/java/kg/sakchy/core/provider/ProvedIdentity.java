package kg.sakchy.core.provider;

import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Somebody whom the provider knows.
 *
 * @param issuer the provider, at most 240 characters
 * @param subject its name for that person for ever, at most 255 characters; never another's
 * @param userName what the person signs in with there; may change, and may become another's
 * @param displayName what people are shown
 * @param groups whose member that person is
 */
public record ProvedIdentity(
    String issuer, String subject, String userName, String displayName, Set<String> groups) {
  private static final int ISSUER = 240;
  private static final int SUBJECT = 255;

  public ProvedIdentity {
    groups = Set.copyOf(groups);
    if (subject.isEmpty() || subject.length() > SUBJECT || issuer.length() > ISSUER) {
      throw new VmsException(
          ErrorKind.UNAUTHENTICATED, "the provider names its people by 1 to 255 characters");
    }
  }

  /** The subject as accounts keep it: {@code issuer subject}. */
  public String accountSubject() {
    return issuer + " " + subject;
  }
}
