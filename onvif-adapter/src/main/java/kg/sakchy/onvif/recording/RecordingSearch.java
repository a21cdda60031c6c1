package kg.sakchy.onvif.recording;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.onvif.recording.SearchReader.DataChange;
import kg.sakchy.onvif.recording.SearchReader.Page;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlCursor;

/**
 * Searches the recordings of one camera; all times are the camera's.
 *
 * <p>A search is a conversation: it is begun, its results come in parts, and it is ended, also when
 * something fails in between: cameras allow few at a time.
 *
 * <p>Threads: stateless; calls block.
 *
 * @param session of the camera
 */
record RecordingSearch(DeviceSession session) {
  private static final int MOST = 1_000;
  private static final int MAX_PAGES = 40;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
  private static final Duration WAIT = Duration.ofSeconds(5);

  /** Whether the camera says that it holds nothing at all of a stretch. Not every camera says. */
  boolean surelyHoldsNothing(Instant start, Instant end) {
    try {
      return !session.call(SearchRequests.summary(), SearchReader::summary).touches(start, end);
    } catch (VmsException e) {
      if (isAboutTheRequest(e)) {
        return false;
      }
      throw e;
    }
  }

  /** The recordings that may hold something of a stretch. */
  List<Recording> recordings(Instant start, Instant end) {
    return all(
            SearchRequests.findRecordings(MOST, KEEP_ALIVE),
            "GetRecordingSearchResults",
            SearchReader::recordings)
        .stream()
        .filter(recording -> !recording.token().isEmpty() && recording.touches(start, end))
        .toList();
  }

  /**
   * Where a recording really has data. A camera that does not search for states is taken at the
   * word of its earliest and latest time.
   */
  List<TimeRange> spans(Recording recording, Instant start, Instant end) {
    List<DataChange> changes;
    try {
      changes =
          all(
              SearchRequests.findStates(recording.token(), start, end, MOST, KEEP_ALIVE),
              "GetEventSearchResults",
              SearchReader::changes);
    } catch (VmsException e) {
      if (!isAboutTheRequest(e)) {
        throw e;
      }
      changes = List.of();
    }
    return changes.isEmpty() ? claimed(recording, start, end) : between(changes, start, end);
  }

  private static List<TimeRange> claimed(Recording recording, Instant start, Instant end) {
    Instant from = recording.earliest() == null ? start : later(start, recording.earliest());
    Instant to = recording.latest() == null ? end : earlier(end, recording.latest());
    return from.isBefore(to) ? List.of(new TimeRange(from, to)) : List.of();
  }

  /** Spans between changes; what went on before the first change is told by that it ends there. */
  static List<TimeRange> between(List<DataChange> unordered, Instant start, Instant end) {
    List<DataChange> changes = new ArrayList<>(unordered);
    changes.sort(Comparator.comparing(DataChange::at));
    List<TimeRange> spans = new ArrayList<>();
    Instant begun = changes.getFirst().present() ? null : start;
    for (DataChange change : changes) {
      if (change.present() && begun == null) {
        begun = later(start, change.at());
      } else if (!change.present() && begun != null) {
        add(spans, begun, earlier(end, change.at()));
        begun = null;
      }
    }
    if (begun != null) {
      add(spans, begun, end);
    }
    return spans;
  }

  private static void add(List<TimeRange> spans, Instant from, Instant to) {
    if (from.isBefore(to)) {
      spans.add(new TimeRange(from, to));
    }
  }

  /** Address of the RTSP replay of a recording. */
  URI replay(Recording recording) {
    String uri = session.call(SearchRequests.replayUri(recording.token()), SearchReader::uri);
    if (uri.isEmpty()) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "the camera gives no address for its replay");
    }
    return session.resolveMedia(uri);
  }

  private <T> List<T> all(
      SoapRequest search, String operation, Function<XmlCursor, Page<T>> reader) {
    String token = session.call(search, SearchReader::searchToken);
    List<T> items = new ArrayList<>();
    try {
      for (int page = 0; page < MAX_PAGES && items.size() < MOST; page++) {
        Page<T> next = session.call(SearchRequests.results(operation, token, WAIT), reader);
        items.addAll(next.items());
        if (next.complete()) {
          break;
        }
      }
    } finally {
      end(token);
    }
    return items;
  }

  /** A search that is over may be ended already. */
  private void end(String token) {
    try {
      session.call(SearchRequests.end(token), XmlCursor::name);
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.CANCELLED) {
        throw e;
      }
    }
  }

  private static boolean isAboutTheRequest(VmsException e) {
    return switch (e.kind()) {
      case UNAVAILABLE, TIMEOUT, UNAUTHENTICATED, CANCELLED -> false;
      default -> true;
    };
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
