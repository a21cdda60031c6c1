package kg.sakchy.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kg.sakchy.core.ExternalTool;
import org.jspecify.annotations.Nullable;

/**
 * Somebody signed in at a server, who asks it for things by every protocol that it speaks.
 *
 * @param name of the account
 * @param session his
 * @param server its address
 * @param client what he asks with
 */
record Visitor(String name, Administrator session, URI server, HttpClient client) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Signs in for the first time. */
  static Visitor first(HttpClient client, URI server, String name, String oneTimePassword) {
    return new Visitor(
        name, Administrator.first(client, server, name, oneTimePassword), server, client);
  }

  private HttpRequest.Builder request(String path) {
    return session
        .with(HttpRequest.newBuilder(server.resolve(path)))
        .timeout(ServerProcess.PATIENCE);
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Status of what GET answers. */
  int status(String path) {
    return send(request(path).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** What GET answers, as text; it must be there. */
  String text(String path) {
    HttpResponse<String> answer = send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** What GET answers; it must be there. */
  JsonNode get(String path) {
    return json(text(path));
  }

  /** Asks until the answer is as wanted. */
  JsonNode await(String path, Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + ServerProcess.PATIENCE.toNanos();
    JsonNode last = get(path);
    while (!wanted.test(last)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + path + "\n" + last.toPrettyString());
      }
      ServerProcess.pause();
      last = get(path);
    }
    return last;
  }

  /** Asks until GET answers with what is there. */
  void awaitFound(String path) {
    long end = System.nanoTime() + ServerProcess.PATIENCE.toNanos();
    while (status(path) != 200) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + path);
      }
      ServerProcess.pause();
    }
  }

  /** What a request with a body answers; it must succeed. */
  JsonNode send(String method, String path, JsonNode body) {
    HttpResponse<String> answer =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body().isEmpty() ? JSON.nullNode() : json(answer.body());
  }

  /** Status of the answer to an offer of WebRTC. */
  int offer(String camera) {
    return send(
            request("/api/v1/cameras/" + camera + "/whep")
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString("v=0\r\n"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Status of the answer to who asks for the socket that shows a camera; 101 when it opens. */
  int socketStatus(String camera) {
    try {
      socket(camera, new Counter()).abort();
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  /** Watches over the socket, with what is played, until so many pieces of media have come. */
  void watch(String camera, String play, int pieces) throws InterruptedException {
    Counter counter = new Counter();
    WebSocket socket = socket(camera, counter);
    socket.sendText(play, true).join();
    if (!counter.media.tryAcquire(pieces, ServerProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("too few pictures came: " + counter.texts);
    }
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  private WebSocket socket(String camera, Counter counter) {
    URI address =
        URI.create(
            server
                .resolve("/api/v1/cameras/" + camera + "/media")
                .toString()
                .replace("http", "ws"));
    return client
        .newWebSocketBuilder()
        .header("Cookie", session.cookie())
        .buildAsync(address, counter)
        .join();
  }

  /** Counts media. */
  private static final class Counter implements WebSocket.Listener {
    private final Semaphore media = new Semaphore(0);
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      if (last) {
        media.release();
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      texts.add(data.toString());
      from.request(1);
      return null;
    }
  }

  /**
   * Watches for a second over RTSP, in somebody else's player, with name and password.
   *
   * @param rtsp address of the server
   * @param dir for what the player says
   * @return what it complained of; nothing when it was shown pictures
   */
  String watchRtsp(URI rtsp, String camera, Path dir) throws IOException, InterruptedException {
    String password = Administrator.PASSWORD.replace(" ", "%20");
    String address =
        rtsp.resolve(camera + "/main")
            .toString()
            .replace("rtsp://", "rtsp://" + name + ":" + password + "@");
    Path said = dir.resolve(name + "-player.log");
    Process player =
        new ProcessBuilder(
                ExternalTool.require("ffmpeg").path().toString(),
                "-nostdin",
                "-v",
                "error",
                "-rtsp_transport",
                "tcp",
                "-i",
                address,
                "-frames:v",
                "25",
                "-f",
                "null",
                "-")
            .redirectError(said.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = player.waitFor();
    return code == 0 ? "" : Files.readString(said);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
