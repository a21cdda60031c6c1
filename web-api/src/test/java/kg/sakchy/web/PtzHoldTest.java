package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.ptz.PtzCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has a dome: the first to steer it, until somebody with more weight comes. */
class PtzHoldTest {
  private static final String PTZ = "/api/v1/cameras/gate/ptz";
  private static final String MOVE = "{\"sequence\":1,\"command\":\"velocity\",\"pan\":1}";
  private final TestServer server = TestServer.start();

  @BeforeEach
  void prepare() {
    server.addDome();
    for (int weight = 1; weight <= 3; weight++) {
      Role role = new Role("weight " + weight, Set.of(Right.STEER), null, weight * 10);
      server.people.give("guard-" + weight, server.people.north(), role);
    }
    server.people.give(
        "other-2", server.people.north(), new Role("same", Set.of(Right.STEER), null, 20));
    server.people.put("gate", server.people.northSchool());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<byte[]> stop(String account) {
    return server.send(
        server
            .json(PTZ, "POST", "{\"command\":\"stop\"}")
            .header("Authorization", "Bearer " + account));
  }

  private JsonObject shownHold() {
    return TestServer.body(server.get(PTZ)).getJsonObject("hold");
  }

  @Test
  void theFirstHasItUntilHeIsQuiet() {
    assertThat(shownHold()).isNull();
    assertThat(stop("guard-2").statusCode()).isEqualTo(204);
    JsonObject hold = shownHold();
    assertThat(hold.getString("operator")).isEqualTo("Person guard-2");
    assertThat(hold.getInteger("priority")).isEqualTo(20);
    assertThat(hold.getString("until")).isEqualTo("2026-11-22T12:00:10Z");
    for (String other : new String[] {"guard-1", "other-2"}) {
      HttpResponse<byte[]> refused = stop(other);
      assertThat(refused.statusCode()).as(other).isEqualTo(409);
      assertThat(TestServer.text(refused)).contains("Person guard-2 has the camera until 2026");
    }
    assertThat(server.ptz.sent).hasSize(1);
    server.clock.advance(Duration.ofSeconds(10));
    assertThat(shownHold()).isNull();
    assertThat(stop("guard-1").statusCode()).isEqualTo(204);
  }

  @Test
  void whoHasMoreWeightTakesOverAndIsNotStoppedByWhoHadIt() {
    try (PtzClient first = new PtzClient(server.port(), "gate", "guard-2");
        PtzClient second = new PtzClient(server.port(), "gate", "guard-3")) {
      first.send(MOVE);
      assertThat(first.next().getString("type")).isEqualTo("ack");
      assertThat(first.hold().getBoolean("own")).isTrue();
      assertThat(second.hold().getString("operator")).isEqualTo("Person guard-2");
      second.send(MOVE);
      assertThat(second.next().getString("type")).isEqualTo("ack");
      JsonObject taken = first.hold();
      assertThat(taken.getString("operator")).isEqualTo("Person guard-3");
      assertThat(taken.getBoolean("own")).isFalse();
      assertThat(taken.getInteger("priority")).isEqualTo(30);
      first.send(MOVE);
      JsonObject problem = first.next();
      while (!"problem".equals(problem.getString("type"))) {
        problem = first.next();
      }
      assertThat(problem.getJsonObject("problem").getInteger("status")).isEqualTo(409);
    }
    Await.until(
        "only who has it stops it",
        () -> server.ptz.sent.stream().anyMatch(sent -> sent.command() instanceof PtzCommand.Stop));
    assertThat(server.ptz.sent)
        .filteredOn(sent -> sent.command() instanceof PtzCommand.Stop)
        .allMatch(sent -> sent.operator().equals("Person guard-3"));
  }
}
