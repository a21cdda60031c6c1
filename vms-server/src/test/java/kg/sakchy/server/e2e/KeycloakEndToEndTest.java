package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.server.VmsServer;
import kg.sakchy.server.config.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person, a browser and a real Keycloak. */
class KeycloakEndToEndTest {
  private static final String REALM = "ministry";
  private static final String SECRET = "between the two";
  private static final String PASSWORD = "what aida knows";
  private static final double PATIENCE_MILLIS = 60_000;

  @TempDir Path directory;

  private VmsConfig config(KeycloakServer keycloak) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("vms.yaml"),
            """
            dataDir: %s
            oidc:
              issuer: %s
              clientId: sakchy
              clientSecret: env:SECRET
              displayName: Keycloak
              roles:
                - {group: /chiefs, role: administrator, unit: 1}
            """
                .formatted(directory.resolve("data"), keycloak.issuer(REALM)));
    Map<String, String> environment =
        Map.of("SECRET", SECRET, "VMS_DEVICES_ANNOUNCEMENTS", "false");
    return new ConfigLoader(environment).load(file).onFreePorts();
  }

  /** A realm with a client for this server, a group, and a person in it. */
  private static JsonNode realm(URI here) throws Exception {
    return new ObjectMapper()
        .readTree(
            """
            {"realm": "%s", "enabled": true, "sslRequired": "external",
             "groups": [{"name": "chiefs"}],
             "users": [{"username": "aida", "enabled": true, "emailVerified": true,
               "email": "aida@example.kg", "firstName": "Aida", "lastName": "Asanova",
               "credentials": [{"type": "password", "value": "%s"}], "groups": ["/chiefs"]}],
             "clients": [{"clientId": "sakchy", "secret": "%s", "redirectUris": ["%s"],
               "attributes": {"pkce.code.challenge.method": "S256",
                 "post.logout.redirect.uris": "%s"},
               "protocolMappers": [{"name": "groups", "protocol": "openid-connect",
                 "protocolMapper": "oidc-group-membership-mapper",
                 "config": {"claim.name": "groups", "full.path": "true", "id.token.claim": "true"}}]}]}
            """
                .formatted(REALM, PASSWORD, SECRET, here, here));
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void aPersonComesInThroughKeycloakWithTheRolesOfItsGroups() throws Exception {
    ExternalTool chromium = ExternalTool.require("chromium");
    try (KeycloakServer keycloak = new KeycloakServer();
        VmsServer server = VmsServer.start(config(keycloak), VmsClock.system());
        HttpClient client = HttpClient.newHttpClient();
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.path())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
      CompletableFuture<String> announced = new CompletableFuture<>();
      server.entry().announceFirstAdministrator(announced::complete);
      Administrator.first(client, server.address(), announced.get(2, TimeUnit.MINUTES));
      URI here = URI.create("http://localhost:" + server.address().getPort() + "/sign-in");

      try (BrowserContext context = browser.newContext()) {
        Page page = page(context, here);
        page.click("#provider button");
        page.waitForSelector("#said:has-text('identity provider')"); // it is not there yet
      }
      keycloak.start(directory.resolve("keycloak.log"));
      keycloak.makeRealm(realm(here));
      try (BrowserContext context = browser.newContext()) {
        Page page = signIn(context, here);
        assertThat(accounts(page)).isEqualTo(200);
        page.click("sakchy-top-bar button:text-is('Sign out')");
        page.click("#kc-logout");
        page.waitForURL(here.toString());
        assertThat(accounts(page)).isEqualTo(401);
      }
      keycloak.leaveGroups(REALM, "aida");
      try (BrowserContext context = browser.newContext()) {
        assertThat(accounts(signIn(context, here))).isEqualTo(403);
      }
    }
  }

  private static Page page(BrowserContext context, URI here) {
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.navigate(here + "?lang=en");
    return page;
  }

  private static Page signIn(BrowserContext context, URI here) {
    Page page = page(context, here);
    page.click("#provider button:text-is('Sign in with Keycloak')");
    page.fill("#username", "aida");
    page.fill("#password", PASSWORD);
    page.click("#kc-login");
    page.waitForSelector("sakchy-top-bar .who:text-is('Aida Asanova')");
    return page;
  }

  /** The status of something that takes a right which administrators have. */
  private static int accounts(Page page) {
    String address = URI.create(page.url()).resolve("/api/v1/accounts").toString();
    return page.context().request().get(address).status();
  }
}
