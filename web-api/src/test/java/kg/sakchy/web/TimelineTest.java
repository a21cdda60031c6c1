package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant START = Instant.parse("2026-11-22T11:00:00Z");
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private JsonObject timeline(String from, String to) {
    return body(server.get("/api/v1/cameras/gate/timeline?from=" + from + "&to=" + to));
  }

  @Test
  void whatIsRecordedAndWhatIsMissingAndWhy() {
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4));
    server.archive.gaps.put(
        new Gap(
            GATE_MAIN,
            Gap.Kind.MISSING,
            new TimeRange(START.plusSeconds(12), START.plusSeconds(60)),
            GapCause.NETWORK,
            "the camera cannot be reached"));
    JsonObject timeline = timeline("2026-11-22T17:00:05+06:00", "2026-11-22T11:00:30Z");
    assertThat(timeline.getString("from")).isEqualTo("2026-11-22T11:00:05Z");
    assertThat(timeline.getJsonArray("recorded").encode())
        .isEqualTo("[{\"from\":\"2026-11-22T11:00:05Z\",\"to\":\"2026-11-22T11:00:12Z\"}]");
    JsonObject gap = timeline.getJsonArray("gaps").getJsonObject(0);
    assertThat(gap.getString("from")).isEqualTo("2026-11-22T11:00:12Z");
    assertThat(gap.getString("to")).as("cut to what was asked").isEqualTo("2026-11-22T11:00:30Z");
    assertThat(gap.getString("kind")).isEqualTo("missing");
    assertThat(gap.getString("cause")).isEqualTo("network");
    assertThat(gap.getString("detail")).isEqualTo("the camera cannot be reached");
  }

  @Test
  void anEmptyLineIsAnAnswerToo() {
    JsonObject timeline = timeline("2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z");
    assertThat(timeline.getJsonArray("recorded")).isEmpty();
    assertThat(timeline.getJsonArray("gaps")).isEmpty();
  }

  @Test
  void tooLongAStretchIsRefused() {
    JsonObject problem = timeline("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z");
    assertThat(problem.getInteger("status")).isEqualTo(400);
    assertThat(problem.getString("detail")).contains("31 days");
  }
}
