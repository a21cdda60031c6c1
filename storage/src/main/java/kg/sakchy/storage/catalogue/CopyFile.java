package kg.sakchy.storage.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The copy of a list of the database in a JSON file that is readable by its owner only.
 *
 * <p>Threads: one writer at a time.
 *
 * @param <V> what the list is of
 */
final class CopyFile<V> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORM = 1;

  /** 100,000 cameras stay well below. */
  private static final long SIZE_LIMIT = 256L << 20;

  private final Path file;
  private final String list;
  private final Function<V, ObjectNode> toJson;
  private final Function<JsonNode, V> fromJson;

  /**
   * @param list name of the list in the file
   * @param fromJson throws VmsException, IllegalArgumentException or DateTimeParseException for
   *     what is no such value
   */
  CopyFile(Path file, String list, Function<V, ObjectNode> toJson, Function<JsonNode, V> fromJson) {
    this.file = file;
    this.list = list;
    this.toJson = toJson;
    this.fromJson = fromJson;
  }

  /** Replaces the file, whole and durably. */
  void write(Collection<V> values) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("form", FORM);
    ArrayNode array = root.putArray(list);
    values.forEach(value -> array.add(toJson.apply(value)));
    PrivateFiles.write(file, JSON.writeValueAsBytes(root));
  }

  /**
   * The values of the file, or nothing when there is no file.
   *
   * @throws VmsException DATA_LOSS when it is no such file
   */
  Optional<List<V>> read() throws IOException {
    try {
      if (Files.size(file) > SIZE_LIMIT) {
        throw damaged(null);
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root.path("form").asInt() != FORM || !root.path(list).isArray()) {
        throw damaged(null);
      }
      List<V> values = new ArrayList<>();
      for (JsonNode value : root.path(list)) {
        values.add(fromJson.apply(value));
      }
      return Optional.of(values);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      throw damaged(e);
    }
  }

  private VmsException damaged(@Nullable Exception cause) {
    return new VmsException(ErrorKind.DATA_LOSS, "not a list of " + list + ": " + file, cause);
  }
}
