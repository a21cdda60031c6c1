package kg.sakchy.core.account;

/**
 * What is stored of a password: the text of the PHC string format, with the function, its
 * parameters and the salt beside the hash, as {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 *
 * @param text at most 300 ASCII characters
 */
public record PasswordHash(String text) {
  @Override
  public String toString() {
    return "***";
  }
}
