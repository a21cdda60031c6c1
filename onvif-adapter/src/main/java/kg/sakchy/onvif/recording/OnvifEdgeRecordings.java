package kg.sakchy.onvif.recording;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.edge.EdgeRecordings;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.onvif.camera.RegisteredCamera;
import kg.sakchy.onvif.camera.RegisteredCameras;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.OnvifService;

/**
 * Asks registered cameras what they hold of a stretch (Profile G).
 *
 * <p>The camera is asked in its own time; its answers are turned into ours by the offset of its
 * clock measured now. Recordings of several streams are not told apart by Profile G; the first that
 * holds a stretch is named for it.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class OnvifEdgeRecordings implements EdgeRecordings {
  private final RegisteredCameras cameras;

  public OnvifEdgeRecordings(RegisteredCameras cameras) {
    this.cameras = cameras;
  }

  @Override
  public List<EdgeSpan> spans(StreamId stream, TimeRange range) {
    RegisteredCamera camera = cameras.require(stream.camera());
    DeviceSession session = camera.session();
    if (session.address(OnvifService.SEARCH).isEmpty()
        || session.address(OnvifService.REPLAY).isEmpty()) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "the camera keeps no recordings of its own");
    }
    if (session.cameraClock().isStale()) {
      session.measureClock();
    }
    Duration offset = session.cameraClock().offset().orElse(Duration.ZERO);
    Instant start = range.start().plus(offset);
    Instant end = range.end().plus(offset);
    RecordingSearch search = new RecordingSearch(session);
    if (search.surelyHoldsNothing(start, end)) {
      return List.of();
    }
    List<EdgeSpan> spans = new ArrayList<>();
    for (Recording recording : search.recordings(start, end)) {
      List<TimeRange> held = search.spans(recording, start, end);
      if (!held.isEmpty()) {
        URI replay = search.replay(recording);
        StreamSource source =
            new StreamSource(replay, camera.device().address().credentials(), Transport.TCP);
        for (TimeRange each : held) {
          add(
              spans,
              new EdgeSpan(
                  stream,
                  new TimeRange(each.start().minus(offset), each.end().minus(offset)),
                  source,
                  offset));
        }
      }
    }
    spans.sort(Comparator.comparing(span -> span.range().start()));
    return spans;
  }

  /** A stretch that another recording holds already is not needed twice. */
  private static void add(List<EdgeSpan> spans, EdgeSpan span) {
    if (spans.stream().noneMatch(known -> known.range().overlaps(span.range()))) {
      spans.add(span);
    }
  }
}
