package kg.sakchy.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link VmsConfig}: the defaults, then a YAML file, then {@code VMS_…} variables.
 *
 * <p>The defaults are the schema: a key they do not have is refused with the nearest one they have.
 * Every failure is an INVALID_ARGUMENT that names file and key in one sentence.
 */
public final class ConfigLoader {
  private static final String PREFIX = "VMS_";

  /** Read by the launcher script and by the logging, not part of the configuration. */
  private static final Set<String> OTHERS = Set.of("VMS_JAVA_OPTS", "VMS_LOG_LEVEL");

  private final ObjectMapper mapper;
  private final Map<String, String> environment;

  /**
   * @param environment the variables of the process, for overrides and {@code env:} secrets
   */
  public ConfigLoader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.mapper =
        YAMLMapper.builder(new YAMLFactory())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addModule(new ConfigTypes(environment))
            .build();
  }

  /**
   * Loads the configuration.
   *
   * @param file a YAML file, or null for defaults and environment alone
   */
  public VmsConfig load(@Nullable Path file) {
    ObjectNode merged = mapper.valueToTree(VmsConfig.DEFAULTS);
    Map<String, String> paths = paths(merged);
    if (file != null) {
      merge(merged, read(file), "", file.toString(), paths.values());
    }
    applyEnvironment(merged, paths);
    try {
      return mapper.treeToValue(merged, VmsConfig.class);
    } catch (JsonProcessingException e) {
      throw invalid(file, e);
    }
  }

  private ObjectNode read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "cannot read the configuration file " + file, e);
    }
    try {
      JsonNode tree = mapper.readTree(text);
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        return mapper.createObjectNode(); // nothing but comments
      }
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, file + ": does not hold keys and values");
    } catch (JsonProcessingException e) {
      throw invalid(file, e);
    }
  }

  private static void merge(
      ObjectNode into, ObjectNode from, String path, String origin, Collection<String> known) {
    for (Map.Entry<String, JsonNode> entry : from.properties()) {
      String key = path + entry.getKey();
      JsonNode present = into.get(entry.getKey());
      if (present == null) {
        throw unknownKey(origin, key, known);
      }
      if (present instanceof ObjectNode section) {
        if (entry.getValue().isNull()) {
          continue; // a section whose keys are all commented out
        }
        if (!(entry.getValue() instanceof ObjectNode values)) {
          throw new VmsException(
              ErrorKind.INVALID_ARGUMENT,
              origin + ": " + key + " holds keys of its own, not a value");
        }
        merge(section, values, key + ".", origin, known);
      } else {
        into.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private void applyEnvironment(ObjectNode tree, Map<String, String> paths) {
    environment.forEach(
        (name, value) -> {
          if (!name.startsWith(PREFIX) || OTHERS.contains(name)) {
            return;
          }
          String path = paths.get(name);
          if (path == null) {
            throw unknownKey("environment", name, paths.keySet());
          }
          ObjectNode section = tree;
          String[] steps = path.split("\\.", -1);
          for (int i = 0; i < steps.length - 1; i++) {
            section = (ObjectNode) section.get(steps[i]);
          }
          section.set(steps[steps.length - 1], TextNode.valueOf(value));
        });
  }

  /** Variable name to dotted path, for every value of the defaults. */
  private static Map<String, String> paths(ObjectNode tree) {
    Map<String, String> paths = new LinkedHashMap<>();
    collect(tree, "", paths);
    return paths;
  }

  private static void collect(ObjectNode tree, String path, Map<String, String> paths) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String key = path + entry.getKey();
      if (entry.getValue() instanceof ObjectNode section) {
        collect(section, key + ".", paths);
      } else {
        paths.put(PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT), key);
      }
    }
  }

  private static VmsException unknownKey(String origin, String key, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .min(Comparator.comparingInt(candidate -> EditDistance.between(candidate, key)))
            .filter(candidate -> EditDistance.between(candidate, key) <= 1 + key.length() / 3);
    return new VmsException(
        ErrorKind.INVALID_ARGUMENT,
        origin + ": unknown key " + key + nearest.map(k -> "; did you mean " + k + "?").orElse(""));
  }

  private static VmsException invalid(@Nullable Path file, JsonProcessingException e) {
    String origin = file == null ? "configuration" : file.toString();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof VmsException vms) {
        return new VmsException(vms.kind(), origin + ": " + vms.getMessage(), e);
      }
    }
    String where = e instanceof JsonMappingException mapping ? path(mapping) : "";
    String line = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    String what = e.getOriginalMessage().lines().findFirst().orElse("malformed");
    return new VmsException(
        ErrorKind.INVALID_ARGUMENT,
        origin + ": " + where + what + (where.isEmpty() ? line : ""),
        e);
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
    }
    return path.isEmpty() ? "" : path.append(": ").toString();
  }
}
