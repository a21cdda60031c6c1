package kg.sakchy.web.archive;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.Rfc3339;

/**
 * What is recorded of a camera and what is missing, and why, as far back as the caller may see.
 * Recordings outlive their camera, so the camera need not be registered any more.
 */
public final class TimelineOperation implements Operation {
  private static final Duration LONGEST = Duration.ofDays(31);

  private final Archive archive;
  private final MediaRights rights;
  private final VmsClock clock;

  public TimelineOperation(Archive archive, MediaRights rights, VmsClock clock) {
    this.archive = archive;
    this.rights = rights;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    CameraId camera = call.camera();
    TimeRange range = RequestedRange.of(call, LONGEST, clock.now());
    TimeRange allowed = rights.of(call).archive();
    Optional<TimeRange> seen = allowed == null ? Optional.empty() : range.intersection(allowed);
    JsonArray recorded = new JsonArray();
    JsonArray gaps = new JsonArray();
    seen.ifPresent(inside -> fill(camera, inside, recorded, gaps));
    return Answer.json(
        json(range).put("camera", camera.value()).put("recorded", recorded).put("gaps", gaps));
  }

  private void fill(CameraId camera, TimeRange range, JsonArray recorded, JsonArray gaps) {
    Archive.Timeline timeline = archive.timeline(StreamId.main(camera), range);
    for (TimeRange stretch : timeline.recorded()) {
      stretch.intersection(range).ifPresent(inside -> recorded.add(json(inside)));
    }
    for (Gap gap : timeline.gaps()) {
      gap.range()
          .intersection(range)
          .ifPresent(
              inside ->
                  gaps.add(
                      json(inside)
                          .put("kind", gap.kind().code())
                          .put("cause", gap.cause().code())
                          .put("detail", gap.detail())));
    }
  }

  private static JsonObject json(TimeRange range) {
    return new JsonObject()
        .put("from", Rfc3339.format(range.start()))
        .put("to", Rfc3339.format(range.end()));
  }
}
