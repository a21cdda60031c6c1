package kg.sakchy.storage.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The list of cameras in a JSON file, with their passwords, so readable by its owner only.
 *
 * <p>Threads: one writer at a time.
 */
final class CameraFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORM = 1;

  /** 100,000 cameras stay well below. */
  private static final long SIZE_LIMIT = 256L << 20;

  private final Path file;

  CameraFile(Path file) {
    this.file = file;
  }

  /** Replaces the file, whole and durably. */
  void write(Collection<Camera> cameras) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("form", FORM);
    ArrayNode list = root.putArray("cameras");
    cameras.forEach(camera -> list.add(toJson(camera)));
    PrivateFiles.write(file, JSON.writeValueAsBytes(root));
  }

  /**
   * The cameras of the file, or nothing when there is no file.
   *
   * @throws VmsException DATA_LOSS when it is no such file
   */
  Optional<List<Camera>> read() throws IOException {
    try {
      if (Files.size(file) > SIZE_LIMIT) {
        throw damaged(null);
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root.path("form").asInt() != FORM || !root.path("cameras").isArray()) {
        throw damaged(null);
      }
      List<Camera> cameras = new ArrayList<>();
      for (JsonNode camera : root.path("cameras")) {
        cameras.add(toCamera(camera));
      }
      return Optional.of(cameras);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      throw damaged(e);
    }
  }

  private VmsException damaged(@Nullable Exception cause) {
    return new VmsException(ErrorKind.DATA_LOSS, "not a list of cameras of ours: " + file, cause);
  }

  private static ObjectNode toJson(Camera camera) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("id", camera.id().value())
            .put("name", camera.name())
            .put("recording", camera.recording())
            .put("createdAt", camera.createdAt().toString())
            .put("version", camera.version());
    node.set("main", toJson(camera.main()));
    StreamSource sub = camera.sub();
    if (sub != null) {
      node.set("sub", toJson(sub));
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

  private static ObjectNode toJson(StreamSource source) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("uri", source.uri().toString())
            .put("transport", source.transport().name());
    Credentials credentials = source.credentials();
    if (credentials != null) {
      node.put("user", credentials.user()).put("password", credentials.password());
    }
    return node;
  }

  private static Camera toCamera(JsonNode node) {
    return new Camera(
        new CameraId(node.path("id").asText()),
        node.path("name").asText(),
        toSource(node.path("main")),
        node.has("sub") ? toSource(node.path("sub")) : null,
        node.path("recording").asBoolean(),
        node.has("retentionDays") ? node.path("retentionDays").asInt() : null,
        Instant.parse(node.path("createdAt").asText()),
        node.has("recordingSince") ? Instant.parse(node.path("recordingSince").asText()) : null,
        node.path("version").asLong());
  }

  private static StreamSource toSource(JsonNode node) {
    return new StreamSource(
        URI.create(node.path("uri").asText()),
        node.has("user")
            ? new Credentials(node.path("user").asText(), node.path("password").asText())
            : null,
        Transport.valueOf(node.path("transport").asText()));
  }
}
