package kg.sakchy.core.config;

import java.net.URI;
import java.util.List;

/**
 * Signing in at an identity provider (OpenID Connect).
 *
 * @param issuer address of the provider, without a slash more or less than it calls itself; empty:
 *     there is none
 * @param clientId this server's name there
 * @param clientSecret what proves that name; empty where the provider asks for none
 * @param displayName what people call the provider; on the button of the page to sign in
 * @param scopes what is asked for, separated by spaces; {@code openid} is one of them
 * @param userNameClaim where the ID token holds the name of a person, from which the name of the
 *     account is made
 * @param groupsClaim where the ID token holds the groups of a person
 * @param roles what the members of groups may do here; a group that is not named gives nothing
 */
public record OidcConfig(
    String issuer,
    String clientId,
    Secret clientSecret,
    String displayName,
    String scopes,
    String userNameClaim,
    String groupsClaim,
    List<GroupRole> roles) {
  public static final OidcConfig DEFAULTS =
      new OidcConfig(
          "",
          "",
          Secret.NONE,
          "",
          "openid profile email",
          "preferred_username",
          "groups",
          List.of());

  private static final int LONGEST_ISSUER = 240;
  private static final int MOST_ROLES = 1_000;

  public OidcConfig {
    roles = List.copyOf(roles);
    ConfigChecks.check(
        issuer.isBlank() || isSafe(issuer),
        "oidc.issuer",
        "an address that begins with https:, at most 240 characters; http: only for this machine");
    ConfigChecks.check(
        issuer.isBlank() || !clientId.isBlank(), "oidc.clientId", "this server's name there");
    ConfigChecks.check(
        List.of(scopes.split(" ", -1)).contains("openid"), "oidc.scopes", "openid and others");
    ConfigChecks.check(!userNameClaim.isBlank(), "oidc.userNameClaim", "the name of a claim");
    ConfigChecks.check(!groupsClaim.isBlank(), "oidc.groupsClaim", "the name of a claim");
    ConfigChecks.between("oidc.roles", roles.size(), 0, MOST_ROLES);
  }

  private static boolean isSafe(String issuer) {
    try {
      return issuer.length() <= LONGEST_ISSUER && isSafe(URI.create(issuer));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether what is sent there cannot be read on the way: TLS, or this machine. */
  public static boolean isSafe(URI address) {
    String host = address.getHost();
    return host != null
        && address.getUserInfo() == null
        && ("https".equals(address.getScheme())
            || ("http".equals(address.getScheme())
                && List.of("localhost", "127.0.0.1", "[::1]").contains(host)));
  }

  /**
   * Whether there is a provider; no getter, since the keys of the configuration are read off it.
   */
  public boolean named() {
    return !issuer.isBlank();
  }

  /**
   * A role that the members of a group have.
   *
   * @param group as the provider writes it, exactly
   * @param role name of a role of this server
   * @param unit over this unit and everything below it; 1 is the whole organisation
   */
  public record GroupRole(String group, String role, long unit) {
    public GroupRole {
      ConfigChecks.check(
          group != null && !group.isBlank() && role != null && !role.isBlank() && unit >= 1,
          "oidc.roles",
          "a group, a role and the number of a unit in each entry");
    }
  }
}
