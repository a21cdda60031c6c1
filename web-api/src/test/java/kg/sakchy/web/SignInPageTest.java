package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Totp;
import kg.sakchy.core.account.TotpSecret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page to sign in, and one's own account, in a real browser. */
class SignInPageTest {
  private static ChromiumPlayer browser;

  private final TestServer server = TestServer.startStrict();
  private final String root = "http://127.0.0.1:" + server.port();

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

  @BeforeEach
  void open() {
    browser.complaints().clear();
    browser.page().context().clearCookies();
  }

  @AfterEach
  void close() {
    browser.page().navigate("about:blank");
    server.close();
    assertThat(browser.complaints()).isEmpty();
  }

  private static Page page() {
    return browser.page();
  }

  private void signIn(String name, String password) {
    page().navigate(root + "/?lang=en");
    assertThat(page().url()).as("sent there").isEqualTo(root + "/sign-in");
    page().fill("input[name=name]", name);
    page().fill("#password input[name=password]", password);
    page().click("#password button");
  }

  private void awaitFirstPage(String who) {
    page().waitForSelector("sakchy-top-bar .who:text-is('" + who + "')");
  }

  @Test
  void aWrongPasswordIsSaidAndTheRightOneLeadsToTheFirstPage() {
    server.accounts.person("aida");
    signIn("aida", "not the password");
    browser.await("document.getElementById('said').textContent.includes('wrong')");
    page().fill("#password input[name=password]", TestAccounts.PASSWORD);
    page().click("#password button");
    awaitFirstPage("Person aida");
    page().click("sakchy-top-bar button:text-is('Sign out')");
    page().waitForURL(root + "/sign-in?lang=en");
  }

  @Test
  void aOneTimePasswordIsChangedOnTheWay() {
    String oneTime =
        server.accounts.desk.createPerson(new AccountId("aida"), "Aida").oneTimePassword();
    signIn("aida", oneTime);
    page().fill("input[name=next]", "a password of my own");
    page().fill("input[name=again]", "another one entirely");
    page().click("#change button");
    browser.await("document.getElementById('said').textContent.includes('differ')");
    page().fill("input[name=again]", "a password of my own");
    page().click("#change button");
    awaitFirstPage("Aida");
  }

  @Test
  void anAuthenticatorIsSetUpAndAskedForTheNextTime() {
    server.accounts.person("aida");
    signIn("aida", TestAccounts.PASSWORD);
    awaitFirstPage("Person aida");
    page().navigate(root + "/cameras?lang=en");
    page().waitForSelector("#who:text-is('Person aida')");
    page().click("#account summary");
    page().click("#new-key");
    browser.await("!document.getElementById('enrol').hidden");
    TotpSecret key = Totp.secret(page().inputValue("#enrol input[name=key]"));
    page().fill("#enrol input[name=code]", Totp.code(key, server.clock.now()));
    page().fill("#enrol input[name=password]", TestAccounts.PASSWORD);
    page().click("#enrol button");
    browser.await("document.getElementById('account-said').textContent.includes('next sign-in')");
    page().context().clearCookies();
    server.clock.advance(Duration.ofSeconds(30));
    signIn("aida", TestAccounts.PASSWORD);
    browser.await("!document.getElementById('code').hidden");
    page().fill("input[name=code]", Totp.code(key, server.clock.now()));
    page().click("#code button");
    awaitFirstPage("Person aida");
  }
}
