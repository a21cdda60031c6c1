package kg.sakchy.web.oidc;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider for JSON. Follows no redirects, reads at most 256 KiB, and waits ten seconds in
 * all.
 *
 * <p>Threads: safe for use by many threads; calls block. Fails: UNAVAILABLE for everything but an
 * answer in JSON, of whatever status.
 */
final class ProviderHttp implements AutoCloseable {
  private static final int MOST_BYTES = 256 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body what came
   */
  record Reply(int status, JsonObject body) {}

  /** Reads an address that must answer 200. */
  JsonObject get(URI address) {
    Reply reply = send(HttpRequest.newBuilder(address));
    if (reply.status() != 200) {
      throw away("the identity provider answers " + reply.status() + " at " + address, null);
    }
    return reply.body();
  }

  Reply send(HttpRequest.Builder request) {
    CompletableFuture<HttpResponse<String>> pending =
        client.sendAsync(
            request.header("Accept", "application/json").build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MOST_BYTES));
    try {
      HttpResponse<String> response = pending.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), new JsonObject(response.body()));
    } catch (ExecutionException e) {
      throw away("the identity provider cannot be reached", e.getCause());
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw away("the identity provider does not answer in time", null);
    } catch (DecodeException e) {
      throw away("the identity provider answers something else than JSON", null);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the server is stopping", e);
    }
  }

  /** What is said when the provider does not do what it should. */
  static VmsException away(String what, @Nullable Throwable cause) {
    return new VmsException(ErrorKind.UNAVAILABLE, what + "; try again later", cause);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
