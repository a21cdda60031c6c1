package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.device.DiscoveryEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
  private static final String DISCOVERY = "/api/v1/discovery";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private String start() {
    HttpResponse<byte[]> started = server.post(DISCOVERY, new JsonObject());
    assertThat(started.statusCode()).as(text(started)).isEqualTo(201);
    return body(started).getString("events");
  }

  private ScriptedDiscovery.Running running() {
    return server.discovery.searches.getLast();
  }

  @Test
  void asksForWhatTheClientAsked() {
    server.post(
        DISCOVERY,
        new JsonObject()
            .put("ranges", new JsonArray().add("192.0.2.0/24").add("198.51.100.1-198.51.100.9"))
            .put("seconds", 9));
    assertThat(running().request().ranges())
        .containsExactly("192.0.2.0/24", "198.51.100.1-198.51.100.9");
    assertThat(running().request().duration()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void tellsWhatIsFoundAndWhetherItIsRegistered() {
    server.addDome();
    String events = start();
    try (EventReader reader = server.listen(events)) {
      assertThat(reader.response().headers().firstValue("Content-Type"))
          .contains("text/event-stream");
      running().tell(ScriptedDiscovery.found(1));
      JsonObject known = reader.require().data();
      assertThat(known.getBoolean("registered")).isTrue();
      assertThat(known.getString("camera")).isEqualTo("gate");
      assertThat(known.getJsonArray("services"))
          .containsExactly(SampleDevices.address(1).service().toString());
      running().tell(ScriptedDiscovery.found(2));
      EventReader.Event other = reader.require();
      assertThat(other.name()).isEqualTo("found");
      assertThat(other.id()).isEqualTo("2");
      assertThat(other.data().getBoolean("registered")).isFalse();
      assertThat(other.data().getString("name")).isEqualTo("Двор 2");
      running().tell(new DiscoveryEvent.Left("urn:uuid:gone"));
      assertThat(reader.require().name()).isEqualTo("left");
      running().tell(new DiscoveryEvent.Finished(2, "eth1 is down"));
      EventReader.Event last = reader.require();
      assertThat(last.name()).isEqualTo("finished");
      assertThat(last.data().getString("problem")).isEqualTo("eth1 is down");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void whoComesBackMissesNothingAndHearsNothingTwice() {
    String events = start();
    for (int device = 1; device <= 250; device++) {
      running().tell(ScriptedDiscovery.found(device));
    }
    running().tell(new DiscoveryEvent.Finished(250, null));
    try (EventReader reader = server.listen(events, "Last-Event-ID", "100")) {
      for (int id = 101; id <= 251; id++) {
        assertThat(reader.require().id()).isEqualTo(Integer.toString(id));
      }
      assertThat(reader.next()).isNull();
    }
    HttpResponse<byte[]> again = server.send(server.request(events).header("Last-Event-ID", "251"));
    assertThat(again.statusCode()).isEqualTo(204);
  }

  @Test
  void progressIsToldByThePercent() {
    String events = start();
    for (int asked = 0; asked <= 65_000; asked++) {
      running().tell(new DiscoveryEvent.Progress(asked, 65_000));
    }
    running().tell(new DiscoveryEvent.Finished(0, null));
    int count = 0;
    try (EventReader reader = server.listen(events)) {
      while (!reader.require().name().equals("finished")) {
        count++;
      }
    }
    assertThat(count).isBetween(1, 101);
  }

  @Test
  void aFloodOfAnswersIsBoundedAndSaidSo() {
    String events = start();
    for (int device = 1; device <= 5_100; device++) {
      running().tell(ScriptedDiscovery.found(device));
      if (device % 1_000 == 0) {
        int sent = device;
        Await.until("taken", () -> sent > 5_000 || taken(events, sent));
      }
    }
    running().tell(new DiscoveryEvent.Finished(5_100, null));
    List<EventReader.Event> told = new ArrayList<>();
    try (EventReader reader = server.listen(events)) {
      for (EventReader.Event event = reader.next(); event != null; event = reader.next()) {
        told.add(event);
      }
    }
    assertThat(told).hasSize(5_001);
    assertThat(told.getLast().data().getString("problem")).contains("5000");
  }

  private boolean taken(String events, int number) {
    try (EventReader reader =
        server.listen(events, "Last-Event-ID", Integer.toString(number - 1))) {
      return reader.require().id().equals(Integer.toString(number));
    }
  }

  @Test
  void aSearchIsCancelled() {
    String events = start();
    String search = events.substring(0, events.length() - "/events".length());
    assertThat(server.delete(search).statusCode()).isEqualTo(204);
    try (EventReader reader = server.listen(events)) {
      assertThat(reader.require().name()).isEqualTo("finished");
    }
    assertThat(server.delete(DISCOVERY + "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void soManySearchesAndNoMore() {
    List.of(1, 2, 3, 4).forEach(search -> start());
    HttpResponse<byte[]> fifth = server.post(DISCOVERY, new JsonObject());
    assertThat(fifth.statusCode()).isEqualTo(503);
    assertThat(body(fifth).getString("code")).isEqualTo("resource-exhausted");
    server.discovery.searches.getFirst().close();
    Await.until(
        "one has ended", () -> server.post(DISCOVERY, new JsonObject()).statusCode() == 201);
  }

  @Test
  void searchesAreForgotten() {
    String events = start();
    running().close();
    server.clock.advance(Duration.ofMinutes(11));
    assertThat(server.get(events).statusCode()).isEqualTo(404);
  }

  @Test
  void aSearchThatNeverEndsHoldsNoPlaceForEver() {
    List.of(1, 2, 3, 4).forEach(search -> start());
    server.clock.advance(Duration.ofMinutes(11));
    start();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ranges\":[\"0.0.0.0/0\"]}",
        "{\"ranges\":[\"camera.example\"]}",
        "{\"ranges\":\"192.0.2.1\"}",
        "{\"ranges\":[1]}",
        "{\"ranges\":[\"\"]}",
        "{\"seconds\":0}",
        "{\"seconds\":1e9}",
        "{\"seconds\":\"5\"}",
        "{\"second\":5}",
        "[]",
        "5"
      })
  void whatMakesNoSenseIsRefused(String body) {
    HttpResponse<byte[]> refused = server.send(server.json(DISCOVERY, "POST", body));
    assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
    assertThat(server.discovery.searches).isEmpty();
  }
}
