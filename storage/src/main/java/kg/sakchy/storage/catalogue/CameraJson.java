package kg.sakchy.storage.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Cameras as JSON, passwords sealed, for {@link CopyFile}. Files of an older server have them in
 * clear.
 *
 * <p>Threads: safe for use by many threads.
 */
final class CameraJson {
  private final CameraSecrets secrets;

  CameraJson(CameraSecrets secrets) {
    this.secrets = secrets;
  }

  ObjectNode write(Camera camera) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", camera.id().value())
            .put("name", camera.name())
            .put("recording", camera.recording())
            .put("createdAt", camera.createdAt().toString())
            .put("version", camera.version());
    node.set("main", write(camera.id(), camera.main()));
    StreamSource sub = camera.sub();
    if (sub != null) {
      node.set("sub", write(camera.id(), sub));
    }
    if (camera.retentionDays() != null) {
      node.put("retentionDays", camera.retentionDays());
    }
    Instant since = camera.recordingSince();
    if (since != null) {
      node.put("recordingSince", since.toString());
    }
    return node;
  }

  Camera read(JsonNode node) {
    CameraId id = new CameraId(node.path("id").asText());
    return new Camera(
        id,
        node.path("name").asText(),
        source(id, node.path("main")),
        node.has("sub") ? source(id, node.path("sub")) : null,
        node.path("recording").asBoolean(),
        node.has("retentionDays") ? node.path("retentionDays").asInt() : null,
        Instant.parse(node.path("createdAt").asText()),
        node.has("recordingSince") ? Instant.parse(node.path("recordingSince").asText()) : null,
        node.path("version").asLong());
  }

  /** Adds user and password, if there are any. */
  static void write(
      ObjectNode node, CameraId camera, @Nullable Credentials credentials, CameraSecrets secrets) {
    if (credentials != null) {
      node.put("user", credentials.user())
          .put("sealed", secrets.seal(camera, credentials.password()));
    }
  }

  /** The reverse. */
  static @Nullable Credentials credentials(JsonNode node, CameraId camera, CameraSecrets secrets) {
    if (!node.has("user")) {
      return null;
    }
    String user = node.path("user").asText();
    if (!node.has("sealed")) {
      return new Credentials(user, node.path("password").asText());
    }
    try {
      return new Credentials(user, secrets.open(camera, node.path("sealed").binaryValue()));
    } catch (IOException e) {
      throw new IllegalArgumentException("a sealed password that is not base64", e);
    }
  }

  private ObjectNode write(CameraId camera, StreamSource source) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("uri", source.uri().toString())
            .put("transport", source.transport().name());
    write(node, camera, source.credentials(), secrets);
    return node;
  }

  private StreamSource source(CameraId camera, JsonNode node) {
    return new StreamSource(
        URI.create(node.path("uri").asText()),
        credentials(node, camera, secrets),
        Transport.valueOf(node.path("transport").asText()));
  }
}
