package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A browser in a session.
 *
 * @param server where
 * @param cookie what it sends along
 * @param answer what the sign-in answered
 */
record SignedIn(TestServer server, String cookie, JsonObject answer) {
  /** Makes an account and signs it in. */
  static SignedIn at(TestServer server, String name) {
    server.accounts.person(name);
    return again(server, name);
  }

  /** Signs an account in. */
  static SignedIn again(TestServer server, String name) {
    return of(server, server.send(server.json("/api/v1/session", "POST", body(name))));
  }

  /** The session that an answer opened. */
  static SignedIn of(TestServer server, HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    @Nullable String set = TestServer.header(answer, "Set-Cookie");
    assertThat(set).isNotNull();
    return new SignedIn(server, ("" + set).split(";", 2)[0], TestServer.body(answer));
  }

  /** What the first step of a sign-in sends. */
  static String body(String name) {
    return new JsonObject().put("name", name).put("password", TestAccounts.PASSWORD).encode();
  }

  String stage() {
    return answer.getString("stage");
  }

  String csrf() {
    return answer.getString("csrf");
  }

  /** As a page of this server sends it. */
  HttpRequest.Builder request(String path) {
    return server.request(path).header("Cookie", cookie).header("Sakchy-Csrf", csrf());
  }

  HttpRequest.Builder json(String path, String method, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }
}
