package kg.sakchy.web.camera;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/**
 * How a camera, its main stream and its recording are doing, in figures and in words. What is known
 * of it as a device is null in a server that knows no devices.
 */
public final class StatusOperation implements Operation {
  private final CameraDirectory cameras;
  private final LiveStreams streams;
  private final RecordingStatus.Source recordings;
  private final @Nullable CameraRegistry registry;
  private final DeviceHealth.@Nullable Source health;
  private final VmsClock clock;

  public StatusOperation(
      CameraDirectory cameras,
      LiveStreams streams,
      RecordingStatus.Source recordings,
      @Nullable CameraRegistry registry,
      DeviceHealth.@Nullable Source health,
      VmsClock clock) {
    this.cameras = cameras;
    this.streams = streams;
    this.recordings = recordings;
    this.registry = registry;
    this.health = health;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    Camera camera = CameraOperations.require(cameras, call.camera());
    StreamId stream = StreamId.main(camera.id());
    @Nullable StreamStatus live = streams.find(stream).map(LiveStream::status).orElse(null);
    Optional<RecordingStatus> recording = recordings.status(stream);
    StatusSummary summary = StatusSummary.of(live, recording.orElse(null));
    return Answer.json(
        new JsonObject()
            .put("camera", camera.id().value())
            .put("summary", summary.code())
            .put("words", summary.words(call.words(), live, recording.orElse(null)))
            .put("stream", live == null ? null : stream(live))
            .put("recording", recording.map(StatusOperation::recording).orElse(null))
            .put("device", device(camera.id()))
            .put("health", health(camera.id())));
  }

  private @Nullable JsonObject device(CameraId camera) {
    return registry == null
        ? null
        : registry.device(camera).map(StatusOperation::device).orElse(null);
  }

  private static JsonObject device(CameraDevice device) {
    JsonArray features = new JsonArray();
    device.features().stream()
        .map(feature -> feature.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .sorted()
        .forEach(features::add);
    return new JsonObject()
        .put("make", device.identity().make())
        .put("model", device.identity().model())
        .put("firmware", device.identity().firmware())
        .put("serial", device.identity().serial())
        .put("features", features);
  }

  private @Nullable JsonObject health(CameraId camera) {
    return health == null ? null : health.health(camera).map(StatusOperation::health).orElse(null);
  }

  private static JsonObject health(DeviceHealth health) {
    Duration offset = health.clockOffset();
    return new JsonObject()
        .put("checkedAt", Rfc3339.format(health.checkedAt()))
        .put("reachable", health.reachable())
        .put("authenticated", health.authenticated())
        .put("clockOffsetMillis", offset == null ? null : offset.toMillis())
        .put("ntp", health.ntp())
        .put("firmware", health.firmware())
        .put("storageProblem", health.storageProblem())
        .put("problem", health.problem());
  }

  private JsonObject stream(StreamStatus status) {
    Instant lastFrame = status.lastFrameAt();
    return new JsonObject()
        .put("state", status.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("since", Rfc3339.format(status.since()))
        .put("lastFrameAt", moment(lastFrame))
        .put("lastFrameAgeMillis", lastFrame == null ? null : ageMillis(lastFrame))
        .put("bitsPerSecond", status.bitsPerSecond())
        .put("framesPerSecond", Math.round(status.framesPerSecond() * 100) / 100.0)
        .put("packetsReceived", status.packetsReceived())
        .put("packetsLost", status.packetsLost())
        .put("reconnects", status.reconnects())
        .put("lastError", lastError(status.lastError()))
        .put("video", video(status.format()))
        .put("audio", audio(status.format()));
  }

  /** Never negative: the clock may have been set back since. */
  private long ageMillis(Instant moment) {
    return Math.max(0, Duration.between(moment, clock.now()).toMillis());
  }

  private static @Nullable JsonObject lastError(@Nullable Interruption error) {
    return error == null
        ? null
        : new JsonObject()
            .put("cause", error.cause().code())
            .put("code", error.kind().code())
            .put("message", error.message())
            .put("at", Rfc3339.format(error.at()));
  }

  private static @Nullable JsonObject video(@Nullable StreamFormat format) {
    if (format == null) {
      return null;
    }
    TrackFormat.Video video = format.video();
    return new JsonObject()
        .put("codec", video.codec().name())
        .put("codecString", video.codecString())
        .put("width", video.width())
        .put("height", video.height());
  }

  private static @Nullable JsonObject audio(@Nullable StreamFormat format) {
    return format == null
        ? null
        : format
            .audio()
            .map(
                audio ->
                    new JsonObject()
                        .put("codec", audio.codec().name())
                        .put("channels", audio.channels()))
            .orElse(null);
  }

  private static JsonObject recording(RecordingStatus status) {
    return new JsonObject()
        .put("state", status.state().name().toLowerCase(Locale.ROOT))
        .put("lastPartAt", moment(status.lastPartAt()))
        .put("segments", status.segments())
        .put("spoolBytes", status.spoolBytes())
        .put("problem", status.problem());
  }

  private static @Nullable String moment(@Nullable Instant moment) {
    return moment == null ? null : Rfc3339.format(moment);
  }
}
