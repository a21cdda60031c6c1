package kg.sakchy.web.archive;

import java.time.Duration;
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
import kg.sakchy.web.approval.ApprovedExports;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.ByteRange;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.EntityTag;
import kg.sakchy.web.http.HttpFault;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

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
  private final ApprovedExports approved;
  private final VmsClock clock;

  public VideoOperations(
      Archive archive, MediaRights rights, ApprovedExports approved, VmsClock clock) {
    this.archive = archive;
    this.rights = rights;
    this.approved = approved;
    this.clock = clock;
  }

  /** The file or a part of it. */
  public Answer get(Call call) {
    TimeRange range = range(call);
    RangePlan plan = plan(call.camera(), call.parameter("gaps"), range);
    EntityTag tag = tag(plan);
    if (tag.isWeaklyIn(call.header("If-None-Match"))) {
      return Answer.empty(304, headers(call.camera(), plan));
    }
    String ifRange = call.header("If-Range");
    boolean partly = ifRange == null || tag.toString().equals(ifRange.strip());
    return switch (ByteRange.parse(partly ? call.header("Range") : null, plan.length())) {
      case ByteRange.Whole whole -> {
        approved.use(call, range);
        yield new Answer.Download(
            200, headers(call.camera(), plan), plan.length(), () -> plan.open(archive));
      }
      case ByteRange.Part part -> {
        approved.use(call, range);
        yield part(call.camera(), plan, part);
      }
      case ByteRange.Unsatisfiable none -> unsatisfiable(plan);
    };
  }

  /** What {@link #get} would say without a range, without the file. */
  public Answer head(Call call) {
    RangePlan plan = plan(call.camera(), call.parameter("gaps"), range(call));
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

  /** What is asked for, when it may be taken away. */
  private TimeRange range(Call call) {
    TimeRange range = RequestedRange.of(call, LONGEST, clock.now());
    rights.requireExport(call, range);
    approved.require(call, range);
    return range;
  }

  private RangePlan plan(CameraId camera, @Nullable String wantedGaps, TimeRange range) {
    StreamId stream = StreamId.main(camera);
    List<Segment> segments = archive.segments(stream, range, MAX_SEGMENTS);
    if (segments.size() == MAX_SEGMENTS) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "the range holds " + MAX_SEGMENTS + " segments or more; ask piece by piece");
    }
    RangePlan.Gaps gaps =
        "closed".equals(wantedGaps) ? RangePlan.Gaps.CLOSED : RangePlan.Gaps.REAL_TIME;
    try {
      return RangePlan.of(segments, range, gaps);
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      throw new ExistingFootage(archive)
          .missing(stream, String.valueOf(e.getMessage()), clock.now());
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
