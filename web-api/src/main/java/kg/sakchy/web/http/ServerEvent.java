package kg.sakchy.web.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One Server-Sent Event (HTML Living Standard §9.2.6). Immutable and written once, however many
 * clients get it.
 */
public final class ServerEvent {
  private final Buffer text;

  private ServerEvent(Buffer text) {
    this.text = text;
  }

  /**
   * Makes an event.
   *
   * @param id what the client names as {@code Last-Event-ID} when it comes back; null for none
   * @param name of the event, letters and hyphens
   * @param data one line of JSON
   */
  public static ServerEvent of(@Nullable Long id, String name, JsonObject data) {
    String head = id == null ? "" : "id: " + id + "\n";
    return new ServerEvent(
        Buffer.buffer(head + "event: " + name + "\ndata: " + data.encode() + "\n\n"));
  }

  /** As it travels; not to be changed. */
  Buffer text() {
    return text;
  }
}
