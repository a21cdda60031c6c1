package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Totp;
import kg.sakchy.core.account.TotpSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in over HTTP, and who does not. */
class SignInHttpTest {
  private static final String SESSION = "/api/v1/session";
  private static final String CAMERAS = "/api/v1/cameras";
  private final TestServer server = TestServer.startStrict();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<byte[]> tried(String name, String password) {
    JsonObject body = new JsonObject().put("name", name).put("password", password);
    return server.send(server.json(SESSION, "POST", body.encode()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/cameras",
        "/api/v1/system",
        "/api/v1/openapi.yaml",
        "/metrics",
        "/readyz",
        "/page.js",
        "/media-player.js",
        "/nothing",
        "/api/v1/cameras/gate/media",
        "/api/v1/accounts",
        "/api/v1/session",
      })
  void nothingAnswersWhoIsNotSignedIn(String path) {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"Sakchy\"");
    assertThat(body(answer).getString("code")).isEqualTo("unauthenticated");
  }

  @Test
  void thePageToSignInAndTheHealthAreOpen() {
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    for (String open : List.of("/sign-in", "/sign-in.js", "/api.js", "/page.css", "/icon.svg")) {
      assertThat(server.get(open).statusCode()).as(open).isEqualTo(200);
    }
    HttpResponse<byte[]> first = server.get("/");
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(header(first, "Location")).isEqualTo("/sign-in");
    assertThat(text(server.get("/sign-in"))).doesNotContain("{{").contains("lang=\"en\"");
  }

  @Test
  void aSessionOpensEverythingUntilItIsEnded() {
    SignedIn aida = SignedIn.at(server, "aida");
    assertThat(aida.stage()).isEqualTo("complete");
    assertThat(server.send(aida.request("/")).statusCode()).isEqualTo(200);
    assertThat(server.send(aida.request(CAMERAS)).statusCode()).isEqualTo(200);
    JsonObject who = body(server.send(aida.request(SESSION)));
    assertThat(who.getString("displayName")).isEqualTo("Person aida");
    assertThat(who.getString("csrf")).isEqualTo(aida.csrf());
    HttpResponse<byte[]> out = server.send(aida.request(SESSION).DELETE());
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(header(out, "Set-Cookie")).startsWith("sakchy=;").endsWith("Max-Age=0");
    server.clock.advance(Duration.ofSeconds(2));
    assertThat(server.send(aida.request(CAMERAS)).statusCode()).isEqualTo(401);
  }

  @Test
  void theCookieIsOutOfReach() {
    server.accounts.person("aida");
    HttpResponse<byte[]> answer = tried("aida", TestAccounts.PASSWORD);
    assertThat(header(answer, "Set-Cookie"))
        .matches("sakchy=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    String secret = ("" + header(answer, "Set-Cookie")).split("[=;]", 3)[1];
    assertThat(text(answer)).doesNotContain(secret);
  }

  @Test
  void whatChangesNeedsTheTokenOfTheSession() {
    SignedIn aida = SignedIn.at(server, "aida");
    SignedIn bakyt = SignedIn.at(server, "bakyt");
    String camera = "{\"url\":\"rtsp://10.0.0.7/1\"}";
    for (String token : List.of("", "x", bakyt.csrf())) {
      HttpResponse<byte[]> answer =
          server.send(aida.json(CAMERAS, "POST", camera).setHeader("Sakchy-Csrf", token));
      assertThat(answer.statusCode()).isEqualTo(403);
    }
    assertThat(server.send(aida.json(CAMERAS, "POST", camera)).statusCode()).isEqualTo(201);
  }

  @Test
  void aPageOfAnotherSiteChangesNothingAndSignsNobodyIn() {
    SignedIn aida = SignedIn.at(server, "aida");
    for (String[] from :
        new String[][] {{"Origin", "https://attacker.example"}, {"Sec-Fetch-Site", "cross-site"}}) {
      assertThat(
              server.send(aida.json(CAMERAS, "POST", "{}").header(from[0], from[1])).statusCode())
          .isEqualTo(403);
      assertThat(
              server
                  .send(
                      server.json(SESSION, "POST", SignedIn.body("aida")).header(from[0], from[1]))
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sakchy=",
        "sakchy=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "__Host-sakchy=%s",
        "sakchy=%s; sakchy=AAAA",
        "sakchy=%s%%0d%%0aX: y",
        "other=%s",
      })
  void aForgedOrMisplacedCookieIsNone(String cookie) {
    String secret = SignedIn.at(server, "aida").cookie().substring("sakchy=".length());
    HttpResponse<byte[]> answer =
        server.send(server.request(CAMERAS).header("Cookie", cookie.formatted(secret)));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(text(answer)).doesNotContain(secret);
  }

  @Test
  void aProgramComesInWithItsKeyAndNeedsNoOtherToken() {
    String key = server.accounts.program("feed");
    assertThat(
            server
                .send(
                    server
                        .json(CAMERAS, "POST", "{\"url\":\"rtsp://10.0.0.7/1\"}")
                        .header("Authorization", "Bearer " + key))
                .statusCode())
        .isEqualTo(201);
    String other = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
    for (String wrong :
        List.of("Bearer " + other, "Bearer", "Basic " + key, "Bearer " + key + ", Bearer x")) {
      assertThat(server.send(server.request(CAMERAS).header("Authorization", wrong)).statusCode())
          .as("%s", wrong.startsWith("Basic"))
          .isEqualTo(401);
    }
  }

  @Test
  void aMediaTokenOpensMediaAndNothingElse() {
    String query = "?token=x";
    assertThat(server.get(CAMERAS + query).statusCode()).isEqualTo(401);
    assertThat(text(server.get(CAMERAS + "/gate/snapshot.jpg" + query)))
        .contains("the media token is malformed");
  }

  @Test
  void theSecondFactorComesSecondAndOnce() {
    TotpSecret key = Totp.newSecret();
    server.accounts.person("aida");
    server.accounts.credentials().setTotp(new AccountId("aida"), key);
    SignedIn half = SignedIn.again(server, "aida");
    assertThat(half.stage()).isEqualTo("second_factor");
    assertThat(server.send(half.request(CAMERAS)).statusCode()).isEqualTo(401);
    String code = "{\"code\":\"" + Totp.code(key, server.clock.now()) + "\"}";
    assertThat(
            server
                .send(half.json(SESSION + "/code", "POST", code).setHeader("Sakchy-Csrf", "x"))
                .statusCode())
        .isEqualTo(403);
    SignedIn whole = SignedIn.of(server, server.send(half.json(SESSION + "/code", "POST", code)));
    assertThat(whole.stage()).isEqualTo("complete");
    assertThat(server.send(whole.request(CAMERAS)).statusCode()).isEqualTo(200);
    SignedIn again = SignedIn.again(server, "aida");
    assertThat(server.send(again.json(SESSION + "/code", "POST", code)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aOneTimePasswordMustBeChangedFirst() {
    String oneTime =
        server.accounts.desk.createPerson(new AccountId("aida"), "Aida").oneTimePassword();
    SignedIn half = SignedIn.of(server, tried("aida", oneTime));
    assertThat(half.stage()).isEqualTo("password_change");
    assertThat(server.send(half.request(CAMERAS)).statusCode()).isEqualTo(401);
    JsonObject change = new JsonObject().put("current", oneTime).put("next", "another long one");
    SignedIn whole =
        SignedIn.of(server, server.send(half.json(SESSION + "/password", "PUT", change.encode())));
    assertThat(server.send(whole.request(CAMERAS)).statusCode()).isEqualTo(200);
    assertThat(tried("aida", oneTime).statusCode()).isEqualTo(401);
  }

  @Test
  void whoGuessesIsToldToWaitAndOthersAreNot() {
    server.accounts.person("aida");
    for (int i = 0; i < 5; i++) {
      assertThat(tried("aida", "guess").statusCode()).isEqualTo(401);
    }
    HttpResponse<byte[]> held = tried("aida", "guess");
    assertThat(held.statusCode()).isEqualTo(429);
    assertThat(header(held, "Retry-After")).isEqualTo("2");
    assertThat(SignedIn.at(server, "bakyt").stage()).isEqualTo("complete");
  }

  @ParameterizedTest
  @CsvSource({"aida, 401", "nobody, 401", "Aida, 401", "аida, 401", "'aida\r\nX: y', 401"})
  void whatIsWrongIsNotTold(String name, int status) {
    server.accounts.person("aida");
    HttpResponse<byte[]> answer = tried(name, "not the password");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(body(answer).getString("detail")).isEqualTo("the name or the password is wrong");
    assertThat(header(answer, "Set-Cookie")).isNull();
  }

  @Test
  void aHugeNameIsRefusedUnread() {
    assertThat(tried("x".repeat(10_000_000), "y").statusCode()).isIn(400, 413);
    assertThat(tried("x".repeat(201), "y").statusCode()).isEqualTo(400);
  }

  @Test
  void aDisabledAccountIsOutWithinTwoSeconds() {
    SignedIn aida = SignedIn.at(server, "aida");
    SignedIn root = SignedIn.at(server, "root");
    assertThat(server.send(aida.request(CAMERAS)).statusCode()).isEqualTo(200);
    assertThat(
            server
                .send(
                    root.json(
                        "/api/v1/accounts/aida", "PATCH", "{\"version\":1,\"disabled\":true}"))
                .statusCode())
        .isEqualTo(200);
    server.clock.advance(Duration.ofSeconds(2));
    assertThat(server.send(aida.request(CAMERAS)).statusCode()).isEqualTo(401);
    assertThat(tried("aida", TestAccounts.PASSWORD).statusCode()).isEqualTo(401);
  }
}
