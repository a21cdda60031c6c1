package kg.sakchy.web.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.mp4.RangePlan;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.ByteRange;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.EntityTag;
import kg.sakchy.web.http.HttpFault;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Rfc3339;

/**
 * A range of the archive as an MP4 file, with HTTP ranges (RFC 9110 §14). The file is planned from
 * the index, so its length and tag are known before a byte of it is read; nothing is stored.
 */
public final class VideoOperations {
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Segments of a minute make 1,440 of a day; more than this is refused, not held in memory. */
  private static final int MAX_SEGMENTS = 20_000;

  private final Archive archive;
  private final MediaRights rights;
  private final VmsClock clock;

  public VideoOperations(Archive archive, MediaRights rights, VmsClock clock) {
    this.archive = archive;
    this.rights = rights;
    this.clock = clock;
  }

  /** The file or a part of it. */
  public Answer get(Call call) {
    RangePlan plan = plan(call);
    EntityTag tag = tag(plan);
    if (tag.isWeaklyIn(call.header("If-None-Match"))) {
      return Answer.empty(304, headers(call.camera(), plan));
    }
    String ifRange = call.header("If-Range");
    boolean partly = ifRange == null || tag.toString().equals(ifRange.strip());
    return switch (ByteRange.parse(partly ? call.header("Range") : null, plan.length())) {
      case ByteRange.Whole whole ->
          new Answer.Download(
              200, headers(call.camera(), plan), plan.length(), () -> plan.open(archive));
      case ByteRange.Part part -> part(call.camera(), plan, part);
      case ByteRange.Unsatisfiable none -> unsatisfiable(plan);
    };
  }

  /** What {@link #get} would say without a range, without the file. */
  public Answer head(Call call) {
    RangePlan plan = plan(call);
    Map<String, String> headers = headers(call.camera(), plan);
    headers.put("Content-Length", Long.toString(plan.length()));
    return Answer.empty(200, headers);
  }

  private Answer part(CameraId camera, RangePlan plan, ByteRange.Part part) {
    Map<String, String> headers = headers(camera, plan);
    headers.put("Content-Range", part.contentRange(plan.length()));
    return new Answer.Download(
        206, headers, part.length(), () -> plan.open(archive, part.first(), part.last()));
  }

  private static Problem unsatisfiable(RangePlan plan) {
    return new Problem(
        HttpFault.RANGE_NOT_SATISFIABLE,
        "the file has " + plan.length() + " bytes",
        List.of(),
        Map.of("Content-Range", "bytes */" + plan.length()));
  }

  private RangePlan plan(Call call) {
    Instant now = clock.now();
    TimeRange range = RequestedRange.of(call, LONGEST, now);
    rights.requireExport(call, range);
    StreamId stream = StreamId.main(call.camera());
    List<Segment> segments = archive.segments(stream, range, MAX_SEGMENTS);
    if (segments.size() == MAX_SEGMENTS) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "the range holds " + MAX_SEGMENTS + " segments or more; ask piece by piece");
    }
    RangePlan.Gaps gaps =
        "closed".equals(call.parameter("gaps")) ? RangePlan.Gaps.CLOSED : RangePlan.Gaps.REAL_TIME;
    try {
      return RangePlan.of(segments, range, gaps);
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      throw new ExistingFootage(archive).missing(stream, String.valueOf(e.getMessage()), now);
    }
  }

  private static EntityTag tag(RangePlan plan) {
    return new EntityTag(plan.fingerprint());
  }

  private static Map<String, String> headers(CameraId camera, RangePlan plan) {
    TimeRange covered = plan.covered();
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "video/mp4");
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", tag(plan).toString());
    headers.put("Cache-Control", "private, no-cache");
    headers.put("Sakchy-From", Rfc3339.format(covered.start()));
    headers.put("Sakchy-To", Rfc3339.format(covered.end()));
    headers.put(
        "Content-Disposition",
        "inline; filename=\"%s-%s-%s.mp4\""
            .formatted(camera, Rfc3339.compact(covered.start()), Rfc3339.compact(covered.end())));
    return headers;
  }
}
