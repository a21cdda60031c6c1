package kg.sakchy.storage.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import org.jspecify.annotations.Nullable;

/** Cameras as JSON, passwords included, for {@link CopyFile}. Threads: stateless. */
final class CameraJson {
  private CameraJson() {}

  static ObjectNode write(Camera camera) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", camera.id().value())
            .put("name", camera.name())
            .put("recording", camera.recording())
            .put("createdAt", camera.createdAt().toString())
            .put("version", camera.version());
    node.set("main", write(camera.main()));
    StreamSource sub = camera.sub();
    if (sub != null) {
      node.set("sub", write(sub));
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

  static Camera read(JsonNode node) {
    return new Camera(
        new CameraId(node.path("id").asText()),
        node.path("name").asText(),
        source(node.path("main")),
        node.has("sub") ? source(node.path("sub")) : null,
        node.path("recording").asBoolean(),
        node.has("retentionDays") ? node.path("retentionDays").asInt() : null,
        Instant.parse(node.path("createdAt").asText()),
        node.has("recordingSince") ? Instant.parse(node.path("recordingSince").asText()) : null,
        node.path("version").asLong());
  }

  /** Adds user and password, if there are any. */
  static void write(ObjectNode node, @Nullable Credentials credentials) {
    if (credentials != null) {
      node.put("user", credentials.user()).put("password", credentials.password());
    }
  }

  /** The reverse of {@link #write(ObjectNode, Credentials)}. */
  static @Nullable Credentials credentials(JsonNode node) {
    return node.has("user")
        ? new Credentials(node.path("user").asText(), node.path("password").asText())
        : null;
  }

  private static ObjectNode write(StreamSource source) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("uri", source.uri().toString())
            .put("transport", source.transport().name());
    write(node, source.credentials());
    return node;
  }

  private static StreamSource source(JsonNode node) {
    return new StreamSource(
        URI.create(node.path("uri").asText()),
        credentials(node),
        Transport.valueOf(node.path("transport").asText()));
  }
}
