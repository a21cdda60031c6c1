package kg.sakchy.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * The first administrator of a server, or somebody whom he made, signed in as a browser is.
 *
 * @param cookie what is sent along
 * @param csrf what goes into Sakchy-Csrf
 */
record Administrator(String cookie, String csrf) {
  /** What a console says before the one-time password. */
  static final String ANNOUNCED = "one-time password ";

  /** The password that is chosen in place of it. */
  static final String PASSWORD = "end to end and back";

  private static final String NAME = "admin";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one-time password of a line of the console. */
  static String announced(String line) {
    return line.substring(line.indexOf(ANNOUNCED) + ANNOUNCED.length()).strip();
  }

  /** What the first step of the administrator's sign-in sends. */
  static String signIn(String password) {
    return signIn(NAME, password);
  }

  private static String signIn(String name, String password) {
    return JSON.createObjectNode().put("name", name).put("password", password).toString();
  }

  /** What changes the one-time password. */
  static String change(String password) {
    return JSON.createObjectNode().put("current", password).put("next", PASSWORD).toString();
  }

  /** Signs in for the first time, which takes another password. */
  static Administrator first(HttpClient client, URI server, String oneTimePassword) {
    return first(client, server, NAME, oneTimePassword);
  }

  /** As {@link #first(HttpClient, URI, String)}, for an account that the administrator made. */
  static Administrator first(HttpClient client, URI server, String name, String oneTimePassword) {
    Administrator half = again(client, server, name, oneTimePassword);
    return of(
        send(
            client,
            half.with(HttpRequest.newBuilder(server.resolve("/api/v1/session/password")))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(change(oneTimePassword)))
                .build()));
  }

  /** Signs in, as soon as the server has its database. */
  static Administrator again(HttpClient client, URI server, String password) {
    return again(client, server, NAME, password);
  }

  private static Administrator again(HttpClient client, URI server, String name, String password) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(signIn(name, password)))
            .build();
    long end = System.nanoTime() + ServerProcess.PATIENCE.toNanos();
    HttpResponse<String> answer = send(client, request);
    while (answer.statusCode() == 503 && System.nanoTime() < end) {
      ServerProcess.pause();
      answer = send(client, request);
    }
    return of(answer);
  }

  private static Administrator of(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return of(answer.headers().firstValue("Set-Cookie").orElseThrow(), answer.body());
  }

  /** The session that an answer opened. */
  static Administrator of(String setCookie, String body) {
    try {
      JsonNode session = JSON.readTree(body);
      return new Administrator(setCookie.split(";", 2)[0], session.path("csrf").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(body, e);
    }
  }

  /** A request as a page of the server sends it. */
  HttpRequest.Builder with(HttpRequest.Builder request) {
    return request.header("Cookie", cookie).header("Sakchy-Csrf", csrf);
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
