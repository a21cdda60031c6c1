package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The console in a real browser before a real server with cameras: what operators do, by mouse and
 * by keys, and what they see when something is wrong.
 */
class ConsoleEndToEndTest {
  private static final int CAMERAS = 9;
  private static final Map<String, String> SETTINGS = Map.of("VMS_RECORDING_SEGMENT", "10s");

  private static final Credentials LOGIN = new Credentials("operator", "dome");

  private static SimServer cameras;
  private static OnvifSim devices;
  private static SimDevice dome;
  private static SimCamera first;
  private static ServerProcess server;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void start(@TempDir Path dir) throws IOException, InterruptedException {
    ClipMedia clip = ClipMedia.open(TestClips.h264(dir, 10));
    cameras = SimServer.start(SimOptions.DEFAULTS.withHost("127.0.0.1").withPort(0));
    server = ServerProcess.start(dir.resolve("data"), SETTINGS);
    first = cameras.addCamera("cam1", clip);
    server.register("cam1", first.uri());
    for (int i = 2; i <= CAMERAS; i++) {
      server.register("cam" + i, cameras.addCamera("cam" + i, clip).uri());
    }
    for (int i = 1; i <= CAMERAS; i++) {
      server.awaitStatus("cam" + i, s -> s.at("/stream/state").asText().equals("streaming"));
    }
    devices = OnvifSim.start(OnvifSimOptions.DEFAULTS);
    dome =
        devices.addDevice(
            SimDeviceProfile.of("dome", SimStream.of("main", cameras.addCamera("dome", clip)))
                .withPtz(PtzSpec.DOME_28X)
                .withLogin(SimLogin.of(LOGIN.user(), LOGIN.password())));
    server.registerDevice("dome", dome.uri(), LOGIN);
    browser = new ConsoleBrowser(server.uri("/"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
    if (devices != null) {
      devices.close();
    }
    if (cameras != null) {
      cameras.close();
    }
  }

  @BeforeEach
  void signIn() {
    browser.forget();
    browser.complaints().clear();
    browser.open("/");
    browser.signIn("admin", Administrator.PASSWORD);
  }

  @AfterEach
  void nothingIsWrongWithThePage() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.elsewhere()).isEmpty();
  }

  private static void fill(String layoutKey) {
    browser.find(".row.camera").first().waitFor();
    browser.press(layoutKey);
    browser.find("button:text-is('Fill')").click();
  }

  private static void awaitMoving(int tiles) {
    browser.await(ConsoleBrowser.tilesMoved(tiles, 25));
  }

  @Test
  void nineTilesMove() {
    fill("9");
    awaitMoving(CAMERAS);
    browser.find("sakchy-tile .clock").first().waitFor();
    assertThat(browser.find("sakchy-tile .lag").first().textContent()).endsWith("s");
    browser.screenshot("wall-9-dark");
    browser.press("6");
    awaitMoving(6);
    browser.screenshot("wall-1+5");
  }

  @Test
  void keysAloneDoEverything() {
    browser.press("4");
    browser.press("/");
    browser.page().keyboard().type("CAM3");
    browser.find(".row.camera:has-text('cam3')").waitFor();
    browser.press("Enter");
    browser.press("Escape");
    awaitMoving(1);
    browser.press("ArrowRight");
    browser.press("Enter"); // an empty tile: to the search
    browser.page().keyboard().type("cam7");
    browser.press("ArrowDown");
    browser.press("Enter");
    awaitMoving(2);
    browser.find("#tile-1").focus();
    browser.press("Enter");
    browser.find("#tile-0").waitFor(hidden());
    browser.await(
        "() => !document.querySelector('sakchy-console').shadowRoot.querySelector('sakchy-wall')"
            + ".shadowRoot.querySelector('#tile-0').shadowRoot.querySelector('video').src");
    browser.screenshot("wall-alone");
    browser.press("Escape");
    awaitMoving(2);
    browser.press("/");
    browser.press("Escape"); // the whole list again
    browser.press("PageDown");
    browser.find("#tile-1 .name:text-is('cam8')").waitFor();
    browser.press("Delete");
    browser.find("#tile-1 .empty").waitFor();
    browser.press("?");
    browser.find("dialog[open]").waitFor();
    browser.screenshot("keys");
    browser.press("Escape");
    browser.find("dialog[open]").waitFor(hidden());
  }

  private static Locator.WaitForOptions hidden() {
    return new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
  }

  @ParameterizedTest
  @CsvSource({"EN, en, Fill", "RU, ru, Заполнить", "KY, ky, Толтуруу"})
  void theLanguageIsSwitchedWhilePicturesMove(String button, String language, String word) {
    fill("4");
    awaitMoving(4);
    browser.find("sakchy-top-bar button:text-is('" + button + "')").click();
    browser.find("button:text-is('" + word + "')").waitFor();
    assertThat(browser.page().evaluate("() => document.documentElement.lang")).isEqualTo(language);
    awaitMoving(4);
    browser.find("sakchy-top-bar button[title*='colo'], [title*='Свет'], [title*='Жарык']").click();
    browser.screenshot("wall-light-" + language);
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  void aDomeIsSteeredOnItsPictureAndStopsWhenItIsLetGo() {
    browser.press("1");
    browser.press("/");
    browser.page().keyboard().type("dome");
    browser.find(".row.camera:has-text('dome')").waitFor();
    browser.press("Enter");
    browser.press("Escape");
    awaitMoving(1);
    browser.press("p");
    browser.find("sakchy-ptz .where:has-text('×')").waitFor();
    Mouse mouse = browser.page().mouse();
    double pan = dome.ptz().position().panDegrees();
    mouse.move(860, 480);
    mouse.down();
    mouse.move(1_060, 480);
    awaitDome(() -> Math.abs(dome.ptz().position().panDegrees() - pan) > 1);
    browser.find("sakchy-ptz .hold.own").waitFor();
    browser.screenshot("steering");
    mouse.up();
    awaitDome(() -> !dome.ptz().moving());
    double tilt = dome.ptz().position().tiltDegrees();
    browser.page().keyboard().down("ArrowDown");
    awaitDome(() -> Math.abs(dome.ptz().position().tiltDegrees() - tilt) > 1);
    browser.page().evaluate("() => window.dispatchEvent(new Event('blur'))");
    awaitDome(() -> !dome.ptz().moving());
    browser.page().keyboard().up("ArrowDown");
    assertThat(browser.violations()).isEmpty();
    browser.press("Escape");
    browser.find("sakchy-ptz").waitFor(hidden());
  }

  private static void awaitDome(BooleanSupplier wanted) {
    long end = System.nanoTime() + ServerProcess.PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the dome does not do it").isLessThan(end);
      browser.page().waitForTimeout(50); // lets the browser's events come in
    }
  }

  @Test
  void aSessionThatEndsLeadsBackToWhereOneWas() {
    fill("4");
    awaitMoving(4);
    browser
        .page()
        .evaluate(
            """
            async () => {
              const session = await (await fetch('/api/v1/session')).json();
              await fetch('/api/v1/session',
                {method: 'DELETE', headers: {'Sakchy-Csrf': session.csrf}});
            }
            """);
    browser.page().waitForURL("**/sign-in?lang=en");
    browser.signIn("admin", Administrator.PASSWORD);
    awaitMoving(4);
  }

  @Test
  void aCameraThatGoesAwayIsSaidAndComesBack() {
    fill("1");
    browser.find("#tile-0 .name:text-is('cam1')").waitFor();
    awaitMoving(1);
    first.setOffline(true);
    browser.find("#tile-0 .state.away").waitFor();
    browser.screenshot("camera-away");
    first.setOffline(false);
    browser.find("#tile-0 .state").waitFor(hidden());
    browser.find("#tile-0 .lag").waitFor();
  }

  @Test
  void whatIsWrongWithTheServerIsSaidUntilItIsOver() {
    browser.find(".row.camera").first().waitFor();
    for (Map.Entry<Integer, String> fault :
        List.of(Map.entry(500, "fault (500)"), Map.entry(429, "Too many requests"))) {
      browser.page().route("**/healthz", route -> route.fulfill(status(503)));
      browser.page().route("**/units/1/units**", route -> route.fulfill(status(fault.getKey())));
      browser.page().reload();
      browser.find(".notice:has-text('" + fault.getValue() + "')").waitFor();
      browser.page().unroute("**/healthz");
      browser.page().unroute("**/units/1/units**");
      browser.find(".notice[data-wrong]").waitFor(hidden());
    }
    browser.page().context().setOffline(true);
    browser.find(".notice:has-text('does not answer')").waitFor();
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("server-away");
    browser.page().context().setOffline(false);
    browser.find(".notice[data-wrong]").waitFor(hidden());
  }

  private static Route.FulfillOptions status(int status) {
    return new Route.FulfillOptions().setStatus(status);
  }

  @Test
  void theScreenToSignInIsForEverybody() {
    browser.forget();
    browser.open("/sign-in?lang=en");
    browser.screenshot("sign-in");
    assertThat(browser.violations()).isEmpty();
  }
}
