package kg.sakchy.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Contract;
import kg.sakchy.web.http.Rfc3339;

/** The server about itself. Threads: nothing here blocks; all may run on an event loop. */
final class SystemOperations {
  private final Contract contract;
  private final Readiness readiness;
  private final LiveStreams streams;
  private final RecordingStatus.Source recordings;
  private final PrometheusMeterRegistry metrics;
  private final VmsClock clock;
  private final long startNanos;
  private final String version = version();

  SystemOperations(
      Contract contract,
      Readiness readiness,
      LiveStreams streams,
      RecordingStatus.Source recordings,
      PrometheusMeterRegistry metrics,
      VmsClock clock) {
    this.contract = contract;
    this.readiness = readiness;
    this.streams = streams;
    this.recordings = recordings;
    this.metrics = metrics;
    this.clock = clock;
    startNanos = clock.nanoTime();
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = SystemOperations.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  Answer contract(Call call) {
    return Answer.of(200, "application/yaml", Map.of(), Buffer.buffer(contract.text()));
  }

  Answer liveness(Call call) {
    return Answer.json(new JsonObject().put("status", "alive"));
  }

  Answer readiness(Call call) {
    List<Readiness.Component> components = readiness.components();
    boolean ready = components.stream().allMatch(Readiness.Component::ready);
    return Answer.json(
        ready ? 200 : 503,
        Map.of(),
        new JsonObject().put("ready", ready).put("components", json(components)));
  }

  Answer metrics(Call call) {
    return Answer.of(
        200, "text/plain; version=0.0.4; charset=utf-8", Map.of(), Buffer.buffer(metrics.scrape()));
  }

  Answer system(Call call) {
    int pulled = 0;
    int streaming = 0;
    int recording = 0;
    long spoolBytes = 0;
    for (LiveStream stream : streams.all()) {
      Optional<RecordingStatus> status = recordings.status(stream.id());
      pulled++;
      streaming += stream.status().state() == StreamStatus.State.STREAMING ? 1 : 0;
      recording +=
          status.filter(s -> s.state() == RecordingStatus.State.RECORDING).isPresent() ? 1 : 0;
      spoolBytes += status.map(RecordingStatus::spoolBytes).orElse(0L);
    }
    return Answer.json(
        new JsonObject()
            .put("version", version)
            .put("now", Rfc3339.format(clock.now()))
            .put("uptimeSeconds", Duration.ofNanos(clock.nanoTime() - startNanos).toSeconds())
            .put(
                "streams",
                new JsonObject()
                    .put("pulled", pulled)
                    .put("streaming", streaming)
                    .put("recording", recording))
            .put("spoolBytes", spoolBytes)
            .put("components", json(readiness.components())));
  }

  private static JsonArray json(List<Readiness.Component> components) {
    JsonArray array = new JsonArray();
    components.forEach(
        component ->
            array.add(
                new JsonObject()
                    .put("name", component.name())
                    .put("ready", component.ready())
                    .put("words", component.words())));
    return array;
  }
}
