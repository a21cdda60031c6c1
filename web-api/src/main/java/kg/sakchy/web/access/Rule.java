package kg.sakchy.web.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kg.sakchy.core.access.Right;
import org.jspecify.annotations.Nullable;

/**
 * What an operation asks of who calls it, as its {@code x-right} in the contract says:
 *
 * <pre>
 * x-right: {right: view_live, on: camera}
 * x-right: {right: [view_live, view_archive], on: camera}     one of them
 * x-right: {right: manage_cameras, on: [unit, body-parent]}   over both
 * x-right: {right: any, on: unit}                             whichever
 * x-right: {on: caller}                                       none: to be known is enough
 * </pre>
 *
 * @param anyOf one of these rights; empty when none is needed
 * @param places over each of these
 * @param takesToken whether a media token will do in place of a caller: what it covers the
 *     operation itself checks
 */
record Rule(Set<Right> anyOf, List<Place> places, boolean takesToken) {
  static final String EXTENSION = "x-right";

  Rule {
    anyOf = Set.copyOf(anyOf);
    places = List.copyOf(places);
    boolean needsNone =
        places.equals(List.of(Place.NOBODY)) || places.equals(List.of(Place.CALLER));
    if (places.isEmpty() || needsNone != anyOf.isEmpty()) {
      throw new IllegalStateException("x-right: a right and a place belong together");
    }
    if (takesToken && !places.equals(List.of(Place.CAMERA))) {
      throw new IllegalStateException("x-right: a media token is for a camera");
    }
  }

  /** Whether nobody needs to be known. */
  boolean isForAnybody() {
    return places.contains(Place.NOBODY);
  }

  /**
   * The rules of all operations by their ids.
   *
   * @param contract the contract as a tree
   * @throws IllegalStateException when an operation has no rule, or one that cannot be read
   */
  static Map<String, Rule> all(JsonObject contract) {
    Map<String, Rule> rules = new HashMap<>();
    Set<String> without = new TreeSet<>();
    for (Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
      for (Map.Entry<String, Object> member : (JsonObject) path.getValue()) {
        if (member.getValue() instanceof JsonObject operation
            && operation.getValue("operationId") instanceof String id) {
          if (operation.getValue(EXTENSION) instanceof JsonObject rule) {
            rules.put(id, of(id, rule, operation.getJsonArray("security")));
          } else {
            without.add(id);
          }
        }
      }
    }
    if (!without.isEmpty()) {
      throw new IllegalStateException("operations without a rule (x-right): " + without);
    }
    return rules;
  }

  private static Rule of(String id, JsonObject rule, @Nullable JsonArray security) {
    boolean token =
        security != null
            && security.stream().anyMatch(way -> ((JsonObject) way).containsKey("mediaToken"));
    List<Place> places = words(rule.getValue("on")).stream().map(Place::of).toList();
    boolean open = security != null && security.isEmpty();
    if (open != places.contains(Place.NOBODY)) {
      throw new IllegalStateException(
          "x-right of " + id + ": whom it lets in and what it asks of them differ");
    }
    return new Rule(rights(rule), places, token);
  }

  private static Set<Right> rights(JsonObject rule) {
    Object named = rule.getValue("right");
    if (named == null) {
      return Set.of();
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : words(named)) {
      if (word.equals("any")) {
        return EnumSet.allOf(Right.class);
      }
      rights.add(Right.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return rights;
  }

  private static List<String> words(@Nullable Object value) {
    return switch (value) {
      case String word -> List.of(word);
      case JsonArray words -> words.stream().map(Object::toString).toList();
      case null, default -> throw new IllegalStateException("x-right: a word or words are missing");
    };
  }
}
