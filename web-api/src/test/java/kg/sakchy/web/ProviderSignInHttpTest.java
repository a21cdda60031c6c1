package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.web.oidc.OidcProvider;
import kg.sakchy.web.oidc.TestProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signing in at an identity provider, over HTTP. */
class ProviderSignInHttpTest {
  private static final String SESSION = "/api/v1/session";
  private static final String PROVIDER = SESSION + "/provider";
  private final FakeClock clock = new FakeClock(TestServer.NOW);
  private final TestProvider there = TestProvider.start(clock);
  private final OidcProvider provider = new OidcProvider(there.config(), clock);
  private final TestServer server = TestServer.startWith(provider, clock);
  private final HttpClient browser = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    browser.close();
    server.close();
    provider.close();
    there.close();
  }

  /** A sign-in on its way: the ticket's cookie, and what the browser brings back. */
  private record Way(String cookie, Map<String, String> brought) {
    JsonObject body() {
      return new JsonObject()
          .put("code", brought.get("code"))
          .put("state", brought.get("state"))
          .put("issuer", brought.get("iss"));
    }
  }

  private String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  private Way begin() {
    HttpResponse<byte[]> begun =
        server.send(server.json(PROVIDER, "POST", "").header("Origin", origin()));
    assertThat(begun.statusCode()).isEqualTo(200);
    String cookie = Objects.requireNonNull(header(begun, "Set-Cookie"));
    assertThat(cookie)
        .matches(
            "sakchy-provider=\\d+[.][A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict;"
                + " Max-Age=600");
    try {
      HttpResponse<Void> sent =
          browser.send(
              HttpRequest.newBuilder(URI.create(body(begun).getString("address"))).build(),
              HttpResponse.BodyHandlers.discarding());
      String back = sent.headers().firstValue("Location").orElseThrow();
      assertThat(back).startsWith(origin() + "/sign-in?");
      return new Way(
          cookie.substring(0, cookie.indexOf(';')), TestProvider.answered(URI.create(back)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<byte[]> finish(Way way) {
    return server.send(
        server
            .json(PROVIDER, "PUT", way.body().encode())
            .header("Origin", origin())
            .header("Cookie", way.cookie()));
  }

  @Test
  void opensASessionThatMayDoWhatTheGroupsMay() {
    HttpResponse<byte[]> in = finish(begin());
    SignedIn aida = SignedIn.of(server, in);
    assertThat(aida.stage()).isEqualTo("complete");
    assertThat(body(in).getString("account")).isEqualTo("aida");
    assertThat(body(in).getBoolean("provided")).isTrue();
    assertThat(server.send(aida.request("/api/v1/cameras")).statusCode()).isEqualTo(200);
    assertThat(body(server.send(aida.request(SESSION))).getBoolean("provided")).isTrue();
    there.claims = claims -> claims.claim("groups", null);
    SignedIn without = SignedIn.of(server, finish(begin()));
    HttpResponse<byte[]> made =
        server.send(without.json("/api/v1/cameras", "POST", "{\"url\":\"rtsp://10.0.0.7/1\"}"));
    assertThat(made.statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsBroughtBackIsGoodOnceAndForItsOwnBrowser() {
    Way way = begin();
    Way other = begin();
    assertThat(finish(new Way(other.cookie(), way.brought())).statusCode()).isEqualTo(401);
    assertThat(finish(new Way("other=1", way.brought())).statusCode()).isEqualTo(401);
    assertThat(finish(way).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> again = finish(way);
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(text(again)).contains("used before").doesNotContain("" + way.brought().get("code"));
    Way late = begin();
    clock.advance(Duration.ofMinutes(10));
    assertThat(finish(late).statusCode()).isEqualTo(401);
  }

  @Test
  void aPageOfAnotherSiteNeitherBeginsNorEndsASignIn() {
    Way way = begin();
    for (String from : new String[] {"https://attacker.example", "null"}) {
      HttpResponse<byte[]> begun =
          server.send(server.json(PROVIDER, "POST", "").header("Origin", from));
      assertThat(begun.statusCode()).isEqualTo(403);
    }
    HttpResponse<byte[]> nowhere = server.send(server.json(PROVIDER, "POST", ""));
    assertThat(nowhere.statusCode()).isEqualTo(400);
    assertThat(finish(way).statusCode()).isEqualTo(200);
  }

  @Test
  void aProviderThatIsAwayHindersNoOtherSignIn() {
    there.up = false;
    HttpResponse<byte[]> begun =
        server.send(server.json(PROVIDER, "POST", "").header("Origin", origin()));
    assertThat(begun.statusCode()).isEqualTo(503);
    assertThat(body(server.get(PROVIDER)).getString("name")).isEqualTo("The ministry");
    assertThat(SignedIn.at(server, "bakyt").stage()).isEqualTo("complete");
  }

  @Test
  void aTokenThatLiesIsRefusedAndRecorded() {
    there.claims = claims -> claims.claim("nonce", "other");
    HttpResponse<byte[]> refused = finish(begin());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(header(refused, "Set-Cookie")).isNull();
    AuditEvent event = server.audit.all().getLast();
    assertThat(event.result()).isEqualTo(AuditEvent.Result.REFUSED);
    assertThat(event.origin()).isEqualTo("provider from 127.0.0.1");
  }

  @Test
  void signingOutGoesOnAtTheProvider() {
    SignedIn aida = SignedIn.of(server, finish(begin()));
    HttpResponse<byte[]> out =
        server.send(aida.request(SESSION).DELETE().header("Origin", origin()));
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(body(out).getString("address")).startsWith(there.issuer() + "/logout?");
    SignedIn bakyt = SignedIn.at(server, "bakyt");
    assertThat(server.send(bakyt.request(SESSION).DELETE().header("Origin", origin())).statusCode())
        .isEqualTo(204);
  }

  @Test
  void withoutAProviderThereIsNone() {
    try (TestServer without = TestServer.startWithoutDevices()) {
      assertThat(body(without.get(PROVIDER)).getValue("name")).isNull();
      HttpResponse<byte[]> begun = without.send(without.json(PROVIDER, "POST", ""));
      assertThat(begun.statusCode()).isEqualTo(409);
      assertThat(text(begun)).contains("oidc.issuer");
    }
  }
}
