package kg.sakchy.onvif.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kg.sakchy.onvif.soap.OnvifTime;
import kg.sakchy.onvif.soap.XmlCursor;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the search and replay services; each list is bounded. */
final class SearchReader {
  private static final int MAX_RESULTS = 2_000;

  private SearchReader() {}

  /**
   * A part of a search's results.
   *
   * @param complete whether there will be no more
   */
  record Page<T>(List<T> items, boolean complete) {}

  /**
   * Whether there was data from a moment on.
   *
   * @param at the camera's time
   * @param present whether data begins there, or ends
   */
  record DataChange(Instant at, boolean present) {}

  static Recording summary(XmlCursor answer) {
    Instant from = null;
    Instant until = null;
    if (answer.enter("Summary")) {
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "DataFrom" -> from = time(child.text());
          case "DataUntil" -> until = time(child.text());
          default -> {}
        }
      }
    }
    return new Recording("", from, until, true);
  }

  static String searchToken(XmlCursor answer) {
    return answer.enter("SearchToken") ? answer.text() : "";
  }

  static Page<Recording> recordings(XmlCursor answer) {
    List<Recording> recordings = new ArrayList<>();
    boolean complete = false;
    if (answer.enter("ResultList")) {
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "SearchState" -> complete = isOver(child.text());
          case "RecordingInformation" -> {
            if (recordings.size() < MAX_RESULTS) {
              recordings.add(recording(child));
            }
          }
          default -> {}
        }
      }
    }
    return new Page<>(recordings, complete);
  }

  private static Recording recording(XmlCursor xml) {
    String token = "";
    Instant earliest = null;
    Instant latest = null;
    boolean recordingNow = false;
    boolean tracks = false;
    boolean video = false;
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "RecordingToken" -> token = child.text();
        case "EarliestRecording" -> earliest = time(child.text());
        case "LatestRecording" -> latest = time(child.text());
        case "RecordingStatus" -> recordingNow = child.text().equalsIgnoreCase("Recording");
        case "Track" -> {
          tracks = true;
          video |= child.enter("TrackType") && child.text().equalsIgnoreCase("Video");
        }
        default -> {}
      }
    }
    // The latest time of a recording under way is often that of the last index entry.
    return new Recording(token, earliest, recordingNow ? null : latest, video || !tracks);
  }

  static Page<DataChange> changes(XmlCursor answer) {
    List<DataChange> changes = new ArrayList<>();
    boolean complete = false;
    if (answer.enter("ResultList")) {
      for (XmlCursor child : answer.children()) {
        switch (child.name()) {
          case "SearchState" -> complete = isOver(child.text());
          case "Result" -> {
            DataChange change = change(child);
            if (change != null && changes.size() < MAX_RESULTS) {
              changes.add(change);
            }
          }
          default -> {}
        }
      }
    }
    return new Page<>(changes, complete);
  }

  private static @Nullable DataChange change(XmlCursor xml) {
    Instant at = null;
    Boolean present = null;
    for (XmlCursor child : xml.children()) {
      switch (child.name()) {
        case "Time" -> at = time(child.text());
        case "Event" -> present = isDataPresent(child, 0, null);
        default -> {}
      }
    }
    return at == null || present == null ? null : new DataChange(at, present);
  }

  /** The item IsDataPresent of the notification, however it is wrapped. */
  private static @Nullable Boolean isDataPresent(
      XmlCursor xml, int depth, @Nullable Boolean found) {
    Boolean present = found;
    for (XmlCursor child : xml.children()) {
      if ("IsDataPresent".equalsIgnoreCase(child.attribute("Name"))) {
        present = XmlCursor.isTrue(child.attribute("Value"));
      } else if (depth < 6) {
        present = isDataPresent(child, depth + 1, present);
      }
    }
    return present;
  }

  static String uri(XmlCursor answer) {
    return answer.enter("Uri") ? answer.text() : "";
  }

  private static boolean isOver(String state) {
    return switch (state.toLowerCase(Locale.ROOT)) {
      case "completed", "unknown" -> true;
      default -> false;
    };
  }

  private static @Nullable Instant time(String text) {
    return OnvifTime.parse(text).orElse(null);
  }
}
