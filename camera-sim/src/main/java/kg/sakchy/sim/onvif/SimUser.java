package kg.sakchy.sim.onvif;

import kg.sakchy.core.camera.Credentials;

/**
 * An account on a device.
 *
 * @param level what it may do
 */
public record SimUser(Credentials credentials, Level level) {
  /** User levels of ONVIF Core §5.9.3, from the least. */
  public enum Level {
    USER("User"),
    OPERATOR("Operator"),
    ADMINISTRATOR("Administrator");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    /** As messages spell it. */
    public String word() {
      return word;
    }
  }
}
