package kg.sakchy.web;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads Server-Sent Events, one after the other. */
final class EventReader implements AutoCloseable {
  /** One event; its id empty when it has none. */
  record Event(String id, String name, JsonObject data) {}

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  EventReader(HttpResponse<InputStream> response) {
    this.response = response;
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /** The next event, or null when the server has ended the stream. */
  @Nullable Event next() {
    String id = "";
    String name = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return new Event(id, name, new JsonObject(line.substring(6)));
        }
      }
      return null;
    } catch (IOException cut) {
      return null;
    }
  }

  /** The next event, which must come. */
  Event require() {
    Event event = next();
    if (event == null) {
      throw new AssertionError("the stream ended");
    }
    return event;
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
