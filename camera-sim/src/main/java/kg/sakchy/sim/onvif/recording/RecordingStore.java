package kg.sakchy.sim.onvif.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.EdgeRecording;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.onvif.SimStream;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/** The one recording of a device: that of its first stream whose camera records in itself. */
public record RecordingStore(DeviceState device) {
  static final String TOKEN = "Recording_1";

  /**
   * Something a search finds: data begins or ends.
   *
   * @param track token, empty for the recording as a whole
   */
  record Change(Instant time, String track, boolean present) {}

  @Nullable SimCamera camera() {
    for (SimStream stream : device.profile().streams()) {
      SimCamera camera = stream.camera();
      if (camera != null && camera.edge() != null) {
        return camera;
      }
    }
    return null;
  }

  @Nullable EdgeRecording recording() {
    SimCamera camera = camera();
    return camera == null ? null : camera.edge();
  }

  List<EdgeRecording.Span> spans() {
    EdgeRecording recording = recording();
    return recording == null ? List.of() : recording.spans();
  }

  /**
   * Checks a token.
   *
   * @throws SoapFault NoRecording
   */
  void check(String token) {
    if (!token.equals(TOKEN) || recording() == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoRecording", "no such recording");
    }
  }

  /** Beginnings and ends of data, in the order of time. */
  List<Change> changes() {
    EdgeRecording recording = recording();
    List<Change> changes = new ArrayList<>();
    if (recording == null) {
      return changes;
    }
    for (EdgeRecording.Span span : recording.spans()) {
      changes.add(new Change(span.start(), "", true));
      tracks(recording).forEach(track -> changes.add(new Change(span.start(), track, true)));
      if (!span.open()) {
        changes.add(new Change(span.end(), "", false));
        tracks(recording).forEach(track -> changes.add(new Change(span.end(), track, false)));
      }
    }
    changes.sort(Comparator.comparing(Change::time));
    return changes;
  }

  static List<String> tracks(EdgeRecording recording) {
    List<String> tracks = new ArrayList<>();
    for (int i = 0; i < recording.formats().size(); i++) {
      tracks.add(recording.trackToken(i));
    }
    return tracks;
  }

  /** A RecordingSourceInformation. */
  void source(Xml xml, String element) {
    xml.begin(element)
        .leaf("tt:SourceId", "urn:uuid:" + device.endpoint())
        .leaf("tt:Name", device.profile().identity().name())
        .leaf("tt:Location", device.profile().identity().location())
        .leaf("tt:Description", device.profile().identity().model())
        .leaf("tt:Address", "http://www.onvif.org/ver10/schema/Profile")
        .leaf("tt:VideoSourceToken", SimEvents.VIDEO_SOURCE)
        .end();
  }

  /** A RecordingInformation. */
  void information(Xml xml, String element, EdgeRecording recording) {
    List<EdgeRecording.Span> spans = recording.spans();
    xml.begin(element).leaf("tt:RecordingToken", TOKEN);
    source(xml, "tt:Source");
    if (!spans.isEmpty()) {
      xml.leaf("tt:EarliestRecording", XsdTime.format(spans.getFirst().start()))
          .leaf("tt:LatestRecording", XsdTime.format(spans.getLast().end()));
    }
    xml.leaf("tt:Content", "Everything");
    for (int i = 0; i < recording.formats().size() && !spans.isEmpty(); i++) {
      xml.begin("tt:Track");
      track(xml, recording, i, spans);
      xml.end();
    }
    xml.leaf("tt:RecordingStatus", recording.recording() ? "Recording" : "Stopped").end();
  }

  /** What a TrackInformation holds. */
  static void track(Xml xml, EdgeRecording recording, int track, List<EdgeRecording.Span> spans) {
    xml.leaf("tt:TrackToken", recording.trackToken(track))
        .leaf("tt:TrackType", type(recording, track))
        .leaf("tt:Description", recording.formats().get(track).codec())
        .leaf("tt:DataFrom", XsdTime.format(spans.getFirst().start()))
        .leaf("tt:DataTo", XsdTime.format(spans.getLast().end()));
  }

  static String type(EdgeRecording recording, int track) {
    Codec.Kind kind = recording.formats().get(track).codec().kind();
    return switch (kind) {
      case VIDEO -> "Video";
      case AUDIO -> "Audio";
      case METADATA -> "Metadata";
    };
  }
}
