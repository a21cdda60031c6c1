package kg.sakchy.onvif.security;

import kg.sakchy.core.camera.Credentials;

/** What a request carries to show who sends it. */
public sealed interface Proof {
  /** Nothing. */
  record Anonymous() implements Proof {}

  /** A WS-Security token, made at the moment of sending. */
  record Token(Credentials credentials) implements Proof {}

  /**
   * An Authorization field.
   *
   * @param value of the field
   * @param fresh whether it answers a challenge that came a moment ago: if even this is refused,
   *     the password is wrong
   */
  record Authorization(String value, boolean fresh) implements Proof {
    @Override
    public String toString() {
      return fresh ? "Authorization (fresh)" : "Authorization";
    }
  }
}
