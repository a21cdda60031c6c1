package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import kg.sakchy.core.FakeClock;
import kg.sakchy.web.oidc.OidcProvider;
import kg.sakchy.web.oidc.TestProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The way over the identity provider, in a real browser. */
class ProviderSignInPageTest {
  private static ChromiumPlayer browser;

  private final FakeClock clock = new FakeClock(TestServer.NOW);
  private final TestProvider there = TestProvider.start(clock);
  private final OidcProvider provider = new OidcProvider(there.config(), clock);
  private final TestServer server = TestServer.startWith(provider, clock);
  private final String page = "http://localhost:" + server.port() + "/sign-in";

  @BeforeAll
  static void startBrowser() {
    browser = ChromiumPlayer.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void close() {
    page().navigate("about:blank");
    page().context().clearCookies();
    server.close();
    provider.close();
    there.close();
    assertThat(browser.complaints()).isEmpty();
  }

  private static Page page() {
    return browser.page();
  }

  private void goThere() {
    page().navigate(page);
    page().click("#provider button");
  }

  /** Over all the pages on the way. */
  private static void awaitSaid(String words) {
    page().waitForSelector("#said:has-text('" + words + "')");
  }

  @Test
  void theButtonLeadsThereAndBackToTheFirstPageAndOutAgain() {
    goThere();
    page().waitForSelector("sakchy-top-bar .who:text-is('Aida Asanova')");
    page().navigate(page.replace("/sign-in", "/cameras"));
    page().waitForSelector("#who:text-is('Aida Asanova')");
    page().click("#account summary");
    page().waitForSelector("#sign-out");
    assertThat(page().isVisible("#own-proof")).as("there is no password to change").isFalse();
    page().click("#sign-out");
    page().waitForURL(page);
    page().waitForSelector("#provider button");
    assertThat(page().context().cookies()).noneMatch(cookie -> cookie.name.equals("sakchy"));
  }

  @Test
  void theButtonSpeaksEachLanguage() {
    for (Map.Entry<String, String> words :
        Map.of(
                "en", "Sign in with The ministry",
                "ru", "Войти через The ministry",
                "ky", "The ministry аркылуу кирүү")
            .entrySet()) {
      page().navigate(page + "?lang=" + words.getKey());
      page().waitForSelector("#provider button:text-is('" + words.getValue() + "')");
    }
  }

  @Test
  void aRefusalThereIsSaidHere() {
    page().navigate(page + "?error=access_denied&state=x");
    awaitSaid("access_denied");
    assertThat(page().url()).as("the answer is gone from the address").isEqualTo(page);
  }

  @Test
  void aProviderThatIsAwayAndATokenThatLiesAreSaid() {
    there.up = false;
    goThere();
    awaitSaid("identity provider");
    there.up = true;
    there.claims = claims -> claims.issuer("https://id.attacker.example");
    goThere();
    awaitSaid("another issuer");
    assertThat(page().url()).isEqualTo(page);
  }
}
