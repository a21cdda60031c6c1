package kg.sakchy.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.access.Right;
import kg.sakchy.web.http.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
  private static JsonObject contract(String path, String method) {
    JsonObject tree = Contract.load().tree();
    tree.getJsonObject("paths").getJsonObject(path).getJsonObject(method).remove("x-right");
    return tree;
  }

  @Test
  void everyOperationHasARule() {
    assertThat(Rule.all(Contract.load().tree())).hasSizeGreaterThan(60);
  }

  @Test
  void anOperationWithoutARuleIsNamed() {
    JsonObject tree = contract("/api/v1/cameras/{id}", "delete");
    assertThatThrownBy(() -> Rule.all(tree))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("deleteCamera");
  }

  @Test
  void onlyTheSignOfLifeAndWhatIsARightItselfAskNobody() {
    assertThat(
            Rule.all(Contract.load().tree()).entrySet().stream()
                .filter(entry -> entry.getValue().isForAnybody())
                .map(Map.Entry::getKey))
        .contains("getLiveness", "endWhep")
        .doesNotContain("getReadiness", "getMetrics", "getContract", "getSystem");
  }

  private static Rule only(String rule, JsonArray security) {
    JsonObject operation =
        new JsonObject()
            .put("operationId", "one")
            .put("x-right", new JsonObject(rule))
            .put("security", security);
    JsonObject path = new JsonObject().put("get", operation);
    return Rule.all(new JsonObject().put("paths", new JsonObject().put("/", path)))
        .values()
        .iterator()
        .next();
  }

  private static JsonArray usual() {
    return new JsonArray().add(new JsonObject().put("session", new JsonArray()));
  }

  @Test
  void itIsReadAsItIsWritten() {
    assertThat(only("{\"right\":[\"view_live\",\"steer\"],\"on\":\"camera\"}", usual()))
        .isEqualTo(new Rule(Set.of(Right.VIEW_LIVE, Right.STEER), List.of(Place.CAMERA), false));
    assertThat(only("{\"right\":\"any\",\"on\":[\"unit\",\"body-parent\"]}", usual()))
        .isEqualTo(new Rule(Set.of(Right.values()), List.of(Place.UNIT, Place.BODY_PARENT), false));
    JsonArray token = usual().add(new JsonObject().put("mediaToken", new JsonArray()));
    assertThat(only("{\"right\":\"export\",\"on\":\"camera\"}", token).takesToken()).isTrue();
    assertThat(only("{\"on\":\"nobody\"}", new JsonArray()).isForAnybody()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"right\":\"export\"}",
        "{\"on\":\"camera\"}",
        "{\"right\":\"export\",\"on\":\"moon\"}",
        "{\"right\":\"fly\",\"on\":\"camera\"}",
        "{\"right\":\"export\",\"on\":\"caller\"}",
        "{\"on\":\"nobody\"}"
      })
  void whatMakesNoSenseIsRefused(String rule) {
    assertThatThrownBy(() -> only(rule, usual())).isInstanceOf(RuntimeException.class);
  }
}
