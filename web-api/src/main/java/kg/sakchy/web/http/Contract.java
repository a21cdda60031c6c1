package kg.sakchy.web.http;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;

/**
 * The contract of the API, {@code openapi.yaml}: what is served, and what requests are checked
 * against.
 *
 * <p>vertx-openapi takes only the media types it can itself parse, also where it never looks at
 * them. So the router is built from a copy in which the others are left out; the contract that is
 * served, and that the tests check answers against, is the whole. What it says of security is left
 * out there too. A body of another type, such as {@code application/sdp}, is taken as small bytes
 * there, and the operation looks at its type.
 */
public final class Contract {
  /** Marks, in the router's copy, a body that is bytes but no file. */
  static final String SMALL_BYTES = "x-small-bytes";

  private static final String RESOURCE = "/kg/sakchy/web/openapi.yaml";

  private final String text;

  private Contract(String text) {
    this.text = text;
  }

  /** Reads the contract from the class path. */
  public static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + RESOURCE);
      }
      return new Contract(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it is served: YAML. */
  public String text() {
    return text;
  }

  /** As a tree; a new one each time. */
  public JsonObject tree() {
    try {
      return new JsonObject(new YAMLMapper().readTree(text).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For building the router. */
  Future<OpenAPIContract> forRouter(Vertx vertx) {
    JsonObject tree = tree();
    keepParsableMediaTypes(tree);
    leaveOutSecurity(tree);
    return OpenAPIContract.from(vertx, tree);
  }

  /** The doorkeeper sees to it, before the router asks which operation it is. */
  private static void leaveOutSecurity(JsonObject tree) {
    tree.remove("security");
    tree.getJsonObject("components").remove("securitySchemes");
    for (Map.Entry<String, Object> path : tree.getJsonObject("paths")) {
      for (Map.Entry<String, Object> member : (JsonObject) path.getValue()) {
        if (member.getValue() instanceof JsonObject operation) {
          operation.remove("security");
        }
      }
    }
  }

  private static void keepParsableMediaTypes(Object node) {
    if (node instanceof JsonObject object) {
      if (object.getValue("content") instanceof JsonObject content) {
        content.fieldNames().stream()
            .filter(type -> !MediaType.isMediaTypeSupported(type))
            .toList()
            .forEach(content::remove);
      }
      for (Map.Entry<String, Object> entry : new ArrayList<>(object.getMap().entrySet())) {
        keepParsableMediaTypes(object.getValue(entry.getKey()));
      }
      if (object.getValue("requestBody") instanceof JsonObject body
          && body.getValue("content") instanceof JsonObject content
          && content.isEmpty()) {
        content.put("application/octet-stream", new JsonObject());
        body.put(SMALL_BYTES, true);
      }
    } else if (node instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        keepParsableMediaTypes(array.getValue(i));
      }
    }
  }
}
