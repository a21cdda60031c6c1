package kg.sakchy.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What an operation answers. Immutable, but for what a {@link Download} or {@link Events} will
 * open.
 */
public sealed interface Answer
    permits Answer.Content, Answer.Download, Answer.Events, Answer.Waiting, Problem {
  /** HTTP status. */
  int status();

  /** Headers beside length and the security headers every answer has. */
  Map<String, String> headers();

  /**
   * An answer that fits into memory.
   *
   * @param status HTTP status
   * @param headers its headers, the content type among them
   * @param body its bytes, maybe none
   */
  record Content(int status, Map<String, String> headers, Buffer body) implements Answer {
    public Content {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * An answer that streams.
   *
   * @param status 200 or 206
   * @param headers its headers
   * @param length exact number of bytes that follow
   * @param body opened once, on the thread that reads it
   */
  record Download(int status, Map<String, String> headers, long length, Source body)
      implements Answer {
    public Download {
      headers = Map.copyOf(headers);
    }
  }

  /** Opens the bytes of a {@link Download}. */
  interface Source {
    /**
     * Opens the stream; may block.
     *
     * @throws kg.sakchy.core.error.VmsException when it cannot be opened; a problem is answered
     */
    InputStream open();
  }

  /**
   * An answer that stays open and tells what happens (Server-Sent Events).
   *
   * @param feed where the events come from
   */
  record Events(EventFeed feed) implements Answer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Content-Type", "text/event-stream");
    }
  }

  /**
   * An answer that is not known yet. Nobody waits for it on a thread; when the moment has come, it
   * is asked for where it may block.
   *
   * @param moment completes when the answer is known, at the latest after some seconds
   * @param answer makes it; not another one that waits
   */
  record Waiting(CompletionStage<Void> moment, Supplier<Answer> answer) implements Answer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  static Content json(JsonObject body) {
    return json(200, Map.of(), body);
  }

  /** A JSON answer with more headers. */
  static Content json(int status, Map<String, String> headers, JsonObject body) {
    return of(status, "application/json", headers, body.toBuffer());
  }

  /** Content of any type. */
  static Content of(int status, String type, Map<String, String> headers, Buffer body) {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put("Content-Type", type);
    return new Content(status, all, body);
  }

  /** An answer without a body: 204, 304, or the head of something. */
  static Content empty(int status, Map<String, String> headers) {
    return new Content(status, headers, Buffer.buffer());
  }
}
