package kg.sakchy.sim;

import kg.sakchy.core.camera.Credentials;

/**
 * Who may watch a camera.
 *
 * @param scheme how to prove it
 * @param credentials the one user
 */
public record SimAccess(Scheme scheme, Credentials credentials) {
  /** Ways to ask for a password. */
  public enum Scheme {
    BASIC,
    DIGEST_MD5,
    DIGEST_SHA_256
  }
}
