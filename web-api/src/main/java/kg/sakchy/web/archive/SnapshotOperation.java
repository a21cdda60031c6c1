package kg.sakchy.web.archive;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.picture.KeyFramePictures;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.EntityTag;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.Rfc3339;

/**
 * The key frame at or before a moment as a JPEG. A picture that is much older than the moment would
 * mislead, so it is searched for a limited time back.
 */
public final class SnapshotOperation implements Operation {
  private static final Duration SEARCH = Duration.ofMinutes(10);
  private static final int MAX_SEGMENTS = 1_000;

  private final Archive archive;
  private final KeyFramePictures pictures;
  private final MediaRights rights;
  private final VmsClock clock;

  public SnapshotOperation(
      Archive archive, KeyFramePictures pictures, MediaRights rights, VmsClock clock) {
    this.archive = archive;
    this.pictures = pictures;
    this.rights = rights;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    Instant now = clock.now();
    Instant asked = call.moment("at");
    Instant at = asked == null ? now : asked;
    if (asked == null) {
      rights.requireLive(call);
    } else {
      rights.requireArchive(call, asked);
    }
    int width = call.integer("width", 0);
    StoredKeyFrame frame = find(StreamId.main(call.camera()), at, now);
    EntityTag tag = new EntityTag(frame.name() + "-" + width);
    Map<String, String> headers =
        Map.of(
            "ETag", tag.toString(),
            "Cache-Control", "private, no-cache",
            "Sakchy-Frame-Time", Rfc3339.format(frame.time()));
    if (tag.isWeaklyIn(call.header("If-None-Match"))) {
      return Answer.empty(304, headers);
    }
    byte[] jpeg = pictures.jpeg(frame.format(), frame.read(archive), width);
    return Answer.of(200, "image/jpeg", headers, Buffer.buffer(jpeg));
  }

  private StoredKeyFrame find(StreamId stream, Instant at, Instant now) {
    TimeRange searched = new TimeRange(at.minus(SEARCH), at.plusNanos(1));
    List<Segment> segments = archive.segments(stream, searched, MAX_SEGMENTS);
    return segments.reversed().stream()
        .flatMap(segment -> StoredKeyFrame.atOrBefore(segment, at).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new ExistingFootage(archive)
                    .missing(
                        stream,
                        "no picture is recorded in the 10 minutes before " + Rfc3339.format(at),
                        now));
  }
}
