package kg.sakchy.core.camera;

/**
 * A camera's user and password. Prints without the password, so that a log line or an exception
 * cannot leak it.
 *
 * @param user as the camera knows it, not escaped
 * @param password in clear, not escaped
 */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return user + ":***";
  }
}
