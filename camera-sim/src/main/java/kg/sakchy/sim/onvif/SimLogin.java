package kg.sakchy.sim.onvif;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.auth.DigestAlgorithm;
import kg.sakchy.core.camera.Credentials;

/**
 * How a device asks for a password.
 *
 * @param schemes ways it takes; none lets everybody in
 * @param algorithms of HTTP Digest, one challenge each, in the order of the challenges
 * @param users accounts at first
 * @param clockWindow how far the time of a WS-UsernameToken may be from the device's
 */
public record SimLogin(
    Set<Scheme> schemes,
    List<DigestAlgorithm> algorithms,
    List<SimUser> users,
    Duration clockWindow) {
  /** Ways to log in. */
  public enum Scheme {
    /** WS-UsernameToken with a digest (WS-Security UsernameToken Profile 1.0). */
    WS_USERNAME_TOKEN,
    /** HTTP Digest (RFC 7616). */
    HTTP_DIGEST
  }

  private static final Duration WINDOW = Duration.ofMinutes(5);

  public SimLogin {
    schemes = Set.copyOf(schemes);
    algorithms = List.copyOf(algorithms);
    users = List.copyOf(users);
  }

  /** Everybody may do everything. */
  public static SimLogin none() {
    return new SimLogin(Set.of(), List.of(), List.of(), WINDOW);
  }

  /** Both ways, HTTP Digest with MD5, one administrator; what most cameras do. */
  public static SimLogin of(String user, String password) {
    return new SimLogin(
        Set.of(Scheme.WS_USERNAME_TOKEN, Scheme.HTTP_DIGEST),
        List.of(DigestAlgorithm.MD5),
        List.of(new SimUser(new Credentials(user, password), SimUser.Level.ADMINISTRATOR)),
        WINDOW);
  }

  public SimLogin withSchemes(Scheme... newSchemes) {
    return new SimLogin(Set.of(newSchemes), algorithms, users, clockWindow);
  }

  public SimLogin withAlgorithms(DigestAlgorithm... newAlgorithms) {
    return new SimLogin(schemes, List.of(newAlgorithms), users, clockWindow);
  }

  public SimLogin withUsers(SimUser... newUsers) {
    return new SimLogin(schemes, algorithms, List.of(newUsers), clockWindow);
  }

  public SimLogin withClockWindow(Duration window) {
    return new SimLogin(schemes, algorithms, users, window);
  }
}
