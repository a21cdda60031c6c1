package kg.sakchy.web.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.hls.MediaName;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.RunRange;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Operation;

/**
 * The media that playlists name: init segments, Media Segments and Partial Segments. A segment
 * comes from memory while it is there, else from the archive; a part that comes next is waited for
 * (RFC 8216bis §6.2.6).
 */
public final class MediaOperation implements Operation {
  /** By what the UTC in a name may differ from what the index says by now. */
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  /** The present, for a right to live pictures alone. */
  private static final Duration LIVE = Duration.ofSeconds(90);

  /** How long a part may take that comes next. */
  private static final Duration PART_PATIENCE = Duration.ofSeconds(10);

  private static final int MAX_ROWS = 200;

  private final LiveRings rings;
  private final Archive archive;
  private final MediaRights rights;
  private final VmsClock clock;

  public MediaOperation(LiveRings rings, Archive archive, MediaRights rights, VmsClock clock) {
    this.rings = rings;
    this.archive = archive;
    this.rights = rights;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    StreamId stream =
        new StreamId(call.camera(), StreamName.of(call.path().getOrDefault("stream", "")));
    MediaName name =
        MediaName.parse(call.path().getOrDefault("file", ""))
            .orElseThrow(() -> gone("there is no media of this name"));
    return switch (name) {
      case MediaName.Init init -> init(call, stream, init);
      case MediaName.Whole whole -> whole(call, stream, whole.segment());
      case MediaName.Part part -> part(call, stream, part);
    };
  }

  private Answer init(Call call, StreamId stream, MediaName.Init name) {
    rights.of(call); // it shows no picture: a right to any of the camera is enough
    Bytes live = rings.find(stream).map(window -> window.init(name.run())).orElse(null);
    if (live != null) {
      return HlsAnswers.init(live);
    }
    Instant moment = HlsSegment.instant(name.micros());
    return rows(stream, new TimeRange(moment.minus(TOLERATED), moment.plus(TOLERATED))).stream()
        .filter(row -> row.run() == name.run())
        .findFirst()
        .map(row -> HlsAnswers.init(row.init()))
        .orElseThrow(() -> gone("the recording is not there any more"));
  }

  private Answer whole(Call call, StreamId stream, HlsSegment segment) {
    require(call, segment.range());
    Optional<List<Fragment>> live = rings.find(stream).flatMap(window -> window.whole(segment));
    if (live.isPresent()) {
      return HlsAnswers.media(live.get());
    }
    TimeRange range = segment.range();
    TimeRange around = new TimeRange(range.start().minus(TOLERATED), range.end().plus(TOLERATED));
    RunRange media =
        RunRange.find(rows(stream, around), segment.run(), segment.startTicks(), segment.endTicks())
            .orElseThrow(() -> gone("the recording is not there any more, or not yet"));
    if (Duration.between(media.start(), range.start()).abs().compareTo(TOLERATED) > 0) {
      throw gone("there is no media of this name"); // its time is not what the right was for
    }
    return new Answer.Download(
        200, HlsAnswers.MEDIA_HEADERS, media.length(), () -> media.open(archive));
  }

  private Answer part(Call call, StreamId stream, MediaName.Part name) {
    rights.requireLive(call);
    LiveRing ring = rings.open(stream);
    LiveWindow window = ring.window().orElseThrow(MediaOperation::partGone);
    MediaName.Part next = window.edge().next();
    if (name.line() != next.line() || name.number() > next.number()) {
      throw partGone();
    }
    if (name.number() < next.number()) {
      return part(window, name);
    }
    return new Answer.Waiting(
        ring.when(now -> now.edge().next().number() > name.number(), PART_PATIENCE),
        () -> part(ring.window().orElse(window), name));
  }

  private static Answer part(LiveWindow window, MediaName.Part name) {
    return HlsAnswers.media(List.of(window.part(name).orElseThrow(MediaOperation::partGone)));
  }

  /** The right to a stretch of the archive, or to the present if it is that. */
  private void require(Call call, TimeRange range) {
    MediaGrant grant = rights.of(call);
    boolean present = range.end().isAfter(clock.now().minus(LIVE));
    if (!present || !grant.allowsLive(call.camera())) {
      rights.requireArchive(call, new TimeRange(range.start(), range.start().plusNanos(1)));
    }
  }

  private List<Segment> rows(StreamId stream, TimeRange range) {
    return archive.segments(stream, range, MAX_ROWS);
  }

  private static VmsException partGone() {
    return gone("there is no such part any more, or not yet");
  }

  private static VmsException gone(String message) {
    return new VmsException(ErrorKind.NOT_FOUND, message);
  }
}
