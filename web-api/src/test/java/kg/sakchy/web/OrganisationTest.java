package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.organisation.UnitKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units, cameras in units, roles and who has them: as people of different parts work with them. */
class OrganisationTest {
  private static final String UNITS = "/api/v1/units/";
  private static final String CHIEF = "chief";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<byte[]> send(
      String account, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        body == null
            ? server.request(path).method(method, HttpRequest.BodyPublishers.noBody())
            : server.json(path, method, body);
    return server.send(request.header("Authorization", "Bearer " + account));
  }

  private JsonObject ok(
      int status, String account, String method, String path, @Nullable String body) {
    HttpResponse<byte[]> answer = send(account, method, path, body);
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(status);
    return answer.body().length == 0 ? new JsonObject() : TestServer.body(answer);
  }

  private static List<String> names(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getString("name"))
        .toList();
  }

  private void chief(Right... more) {
    Set<Right> rights = new HashSet<>(Set.of(more));
    rights.add(Right.MANAGE_CAMERAS);
    rights.add(Right.MANAGE_PEOPLE);
    Role role = new Role("chief", rights, Duration.ofDays(7), 40);
    server.people.give(CHIEF, server.people.north(), role);
  }

  @Test
  void theTreeIsReadFromOnesOwnPartLevelByLevel() {
    chief();
    for (int i = 1; i <= 5; i++) {
      server.people.unit(server.people.north(), UnitKind.DISTRICT, "District " + i);
    }
    JsonObject own = ok(200, CHIEF, "GET", "/api/v1/units", null);
    assertThat(names(own)).containsExactly("North");
    String below = UNITS + server.people.north() + "/units?limit=4";
    JsonObject first = ok(200, CHIEF, "GET", below, null);
    assertThat(names(first)).hasSize(4);
    JsonObject second = ok(200, CHIEF, "GET", first.getString("next"), null);
    assertThat(names(second)).containsExactly("District 4", "District 5");
    assertThat(second.getString("next")).isNull();
    assertThat(send(CHIEF, "GET", UNITS + "1/units", null).statusCode()).isEqualTo(403);
    assertThat(send(CHIEF, "GET", UNITS + server.people.south() + "/units", null).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aSearchFindsOnlyWithinOnesPart() {
    chief();
    String search = "/search?text=SCHOOL&limit=1";
    JsonObject found = ok(200, CHIEF, "GET", UNITS + server.people.north() + search, null);
    assertThat(names(found)).containsExactly("North school");
    assertThat(found.getString("next")).isNull();
    JsonObject all = ok(200, "root", "GET", UNITS + 1 + search, null);
    assertThat(all.getString("next")).isNotNull();
    assertThat(names(ok(200, "root", "GET", all.getString("next"), null)))
        .containsExactly("South school");
  }

  @Test
  void aUnitIsMadeChangedMovedAndRemoved() {
    chief();
    String north = UNITS + server.people.north();
    JsonObject district =
        ok(201, CHIEF, "POST", north + "/units", "{\"kind\":\"district\",\"name\":\"Lakeside\"}");
    String path = UNITS + district.getLong("id");
    JsonObject changed =
        ok(200, CHIEF, "PUT", path, "{\"version\":1,\"name\":\"Lake\",\"officer\":\"B. Asanova\"}");
    assertThat(changed.getString("officer")).isEqualTo("B. Asanova");
    assertThat(send(CHIEF, "PUT", path, "{\"version\":1,\"name\":\"Sea\"}").statusCode())
        .isEqualTo(409);
    String school = UNITS + server.people.northSchool() + "/move";
    JsonObject moved =
        ok(200, CHIEF, "POST", school, "{\"parent\":" + district.getLong("id") + "}");
    assertThat(moved.getJsonArray("path")).hasSize(4);
    assertThat(send(CHIEF, "DELETE", path, null).statusCode()).as("it is not empty").isEqualTo(409);
    assertThat(
            send(CHIEF, "POST", school, "{\"parent\":" + server.people.south() + "}").statusCode())
        .as("out of his region")
        .isEqualTo(404);
    ok(200, CHIEF, "POST", school, "{\"parent\":" + server.people.north() + "}");
    ok(204, CHIEF, "DELETE", path, null);
    assertThat(send(CHIEF, "GET", path, null).statusCode()).isEqualTo(404);
  }

  @Test
  void aCameraIsMovedOnlyBetweenOnesOwnUnits() {
    chief();
    server.addGate();
    server.people.put("gate", server.people.northSchool());
    String unit = "/api/v1/cameras/gate/unit";
    JsonObject now = ok(200, CHIEF, "PUT", unit, "{\"unit\":" + server.people.north() + "}");
    assertThat(now.getLong("unit")).isEqualTo(server.people.north().value());
    assertThat(send(CHIEF, "PUT", unit, "{\"unit\":" + server.people.south() + "}").statusCode())
        .isEqualTo(404);
    String cameras = UNITS + server.people.north() + "/cameras";
    assertThat(names(ok(200, CHIEF, "GET", cameras, null))).hasSize(1);
    ok(200, "root", "PUT", unit, "{\"unit\":" + server.people.south() + "}");
    assertThat(send(CHIEF, "GET", unit, null).statusCode()).isEqualTo(404);
    assertThat(names(ok(200, CHIEF, "GET", cameras, null))).isEmpty();
  }

  private String roleOf(Role role) {
    server.people.access().roles().put(role);
    return "{\"account\":\"guard\",\"role\":\"" + role.name() + "\"}";
  }

  @Test
  void nobodyGivesAwayMoreThanHeHas() {
    chief(Right.VIEW_LIVE, Right.VIEW_ARCHIVE, Right.STEER);
    server.people.give("guard", server.people.south(), Set.of(Right.VIEW_LIVE));
    String assignments = UNITS + server.people.northSchool() + "/assignments";
    Duration week = Duration.ofDays(7);
    Role[] tooMuch = {
      new Role("exports", Set.of(Right.EXPORT), week, 0),
      new Role("deeper", Set.of(Right.VIEW_ARCHIVE), week.plusSeconds(1), 0),
      new Role("endless", Set.of(Right.VIEW_ARCHIVE), null, 0),
      new Role("heavier", Set.of(Right.STEER), null, 41),
      new Role("auditor", Set.of(Right.AUDIT), null, 0)
    };
    for (Role role : tooMuch) {
      HttpResponse<byte[]> refused = send(CHIEF, "POST", assignments, roleOf(role));
      assertThat(refused.statusCode()).as(role.name()).isEqualTo(403);
      ok(201, "root", "POST", assignments, roleOf(role));
    }
    Role fine = new Role("fine", Set.of(Right.VIEW_ARCHIVE, Right.STEER), week, 40);
    ok(201, CHIEF, "POST", assignments, roleOf(fine));
    String elsewhere = UNITS + server.people.southSchool() + "/assignments";
    assertThat(send(CHIEF, "POST", elsewhere, roleOf(fine)).statusCode()).isEqualTo(404);
  }

  @Test
  void nobodyTakesAwayWhatHeCouldNotGive() {
    chief(Right.VIEW_LIVE);
    String assignments = UNITS + server.people.north() + "/assignments";
    server.people.give("guard", server.people.south(), Set.of(Right.VIEW_LIVE));
    long auditor =
        ok(
                201,
                "root",
                "POST",
                assignments,
                roleOf(new Role("watch", Set.of(Right.AUDIT), null, 0)))
            .getLong("number");
    long guard =
        ok(
                201,
                CHIEF,
                "POST",
                assignments,
                roleOf(new Role("live", Set.of(Right.VIEW_LIVE), null, 0)))
            .getLong("number");
    assertThat(send(CHIEF, "DELETE", assignments + "/" + auditor, null).statusCode())
        .isEqualTo(403);
    ok(204, CHIEF, "DELETE", assignments + "/" + guard, null);
    assertThat(send(CHIEF, "DELETE", assignments + "/" + guard, null).statusCode()).isEqualTo(404);
    JsonObject page = ok(200, CHIEF, "GET", assignments + "?limit=1", null);
    assertThat(page.getJsonArray("items")).hasSize(1);
    JsonObject rest = ok(200, CHIEF, "GET", page.getString("next"), null);
    assertThat(rest.encode()).contains("watch");
  }

  @Test
  void whoHasARoleForAWhileGivesItForNoLonger() {
    String end = "2026-12-01T00:00:00Z";
    Role role = new Role("guest chief", Set.of(Right.MANAGE_PEOPLE, Right.VIEW_LIVE), null, 0);
    server.people.give("guard", server.people.south(), Set.of(Right.VIEW_LIVE));
    server.people.give("guest", server.people.south(), Set.of(Right.VIEW_LIVE));
    server.people.access().roles().put(role);
    String assignments = UNITS + server.people.north() + "/assignments";
    ok(
        201,
        "root",
        "POST",
        assignments,
        "{\"account\":\"guest\",\"role\":\"guest chief\",\"until\":\"" + end + "\"}");
    String live = roleOf(new Role("live", Set.of(Right.VIEW_LIVE), null, 0));
    assertThat(send("guest", "POST", assignments, live).statusCode()).isEqualTo(403);
    ok(201, "guest", "POST", assignments, live.replace("}", ",\"until\":\"" + end + "\"}"));
    server.clock.advance(Duration.ofDays(30));
    assertThat(send("guest", "GET", assignments, null).statusCode()).isEqualTo(404);
  }

  @Test
  void rolesAreMadeAtTheTopAndHoldAtOnce() {
    chief(Right.VIEW_LIVE);
    server.people.give("guard", server.people.south(), Set.of());
    assertThat(send(CHIEF, "PUT", "/api/v1/roles/night", "{\"rights\":[]}").statusCode())
        .isEqualTo(403);
    String night = "{\"rights\":[\"view_live\"],\"archiveDepthSeconds\":86400,\"steerPriority\":5}";
    JsonObject made = ok(200, "root", "PUT", "/api/v1/roles/night%20watch", night);
    assertThat(made.getString("name")).isEqualTo("night watch");
    assertThat(ok(200, CHIEF, "GET", "/api/v1/roles", null).encode()).contains("night watch");
    server.addGate();
    server.people.put("gate", server.people.northSchool());
    assertThat(send("guard", "GET", "/api/v1/cameras/gate", null).statusCode()).isEqualTo(404);
    ok(
        201,
        "root",
        "POST",
        UNITS + server.people.north() + "/assignments",
        "{\"account\":\"guard\",\"role\":\"night watch\"}");
    ok(200, "guard", "GET", "/api/v1/cameras/gate", null);
    assertThat(send("root", "DELETE", "/api/v1/roles/night%20watch", null).statusCode())
        .isEqualTo(409);
    ok(200, "root", "PUT", "/api/v1/roles/night%20watch", "{\"rights\":[]}");
    assertThat(send("guard", "GET", "/api/v1/cameras/gate", null).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 2/units, '{\"kind\":\"site\",\"name\":\"\"}', 400",
    "POST, 2/units, '{\"kind\":\"site\",\"name\":\"School\"}', 400",
    "POST, 2/units, '{\"kind\":\"ministry\",\"name\":\"Other\"}', 409",
    "POST, 2/units, '{\"kind\":\"planet\",\"name\":\"Mars\"}', 400",
    "GET, 0, , 400",
    "GET, 99999999999999999999, , 400",
    "GET, -1, , 400",
    "GET, 1e3, , 404",
    "GET, 777, , 404",
    "DELETE, 1, , 409",
    "POST, 2/move, '{\"parent\":4}', 409",
    "POST, 2/assignments, '{\"account\":\"../x\",\"role\":\"r\"}', 400",
    "POST, 2/assignments, '{\"account\":\"root\",\"role\":\"none\"}', 404",
    "DELETE, 2/assignments/999, , 404"
  })
  void badInputIsRefused(String method, String path, @Nullable String body, int status) {
    assertThat(send("root", method, UNITS + path, body).statusCode()).isEqualTo(status);
  }
}
