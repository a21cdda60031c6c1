package kg.sakchy.sim.onvif.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.sim.EdgeRecording;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.device.ServiceCapabilities;
import kg.sakchy.sim.onvif.event.TopicFilter;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/** Search in recordings (ONVIF Recording Search §5). */
public final class SearchService implements SoapService {
  private static final int MAX_SEARCHES = 8;
  private static final int MOST_RESULTS = 1_000;

  private final RecordingStore store;
  private final DeviceState device;
  private final Map<String, Search> searches = new HashMap<>();
  private int nextToken = 1;

  public SearchService(RecordingStore store) {
    this.store = store;
    this.device = store.device();
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              ServiceCapabilities.search(new Xml().begin("tse:GetServiceCapabilitiesResponse"))
                  .end());
      case "GetRecordingSummary" -> summary();
      case "GetRecordingInformation" -> information(call);
      case "GetMediaAttributes" -> mediaAttributes(call);
      case "FindRecordings" -> findRecordings(call);
      case "GetRecordingSearchResults" ->
          results(call, Search.Kind.RECORDINGS, "tse:GetRecordingSearchResultsResponse");
      case "FindEvents" -> findEvents(call);
      case "GetEventSearchResults" ->
          results(call, Search.Kind.EVENTS, "tse:GetEventSearchResultsResponse");
      case "EndSearch" -> {
        find(call);
        searches.remove(call.body().require("SearchToken"));
        yield SoapAnswer.of(
            new Xml()
                .begin("tse:EndSearchResponse")
                .leaf("tse:Endpoint", XsdTime.format(device.clock().now()))
                .end());
      }
      default -> null;
    };
  }

  private SoapAnswer summary() {
    List<EdgeRecording.Span> spans = store.spans();
    Instant now = device.clock().now();
    return SoapAnswer.of(
        new Xml()
            .begin("tse:GetRecordingSummaryResponse")
            .begin("tse:Summary")
            .leaf("tt:DataFrom", XsdTime.format(spans.isEmpty() ? now : spans.getFirst().start()))
            .leaf("tt:DataUntil", XsdTime.format(spans.isEmpty() ? now : spans.getLast().end()))
            .leaf("tt:NumberRecordings", store.recording() == null ? 0 : 1)
            .end()
            .end());
  }

  private EdgeRecording known(SoapCall call) {
    store.check(call.body().require("RecordingToken"));
    return required();
  }

  private EdgeRecording required() {
    EdgeRecording recording = store.recording();
    if (recording == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoRecording", "no recording");
    }
    return recording;
  }

  private SoapAnswer information(SoapCall call) {
    EdgeRecording recording = known(call);
    Xml xml = new Xml().begin("tse:GetRecordingInformationResponse");
    store.information(xml, "tse:RecordingInformation", recording);
    return SoapAnswer.of(xml.end());
  }

  private SoapAnswer mediaAttributes(SoapCall call) {
    List<XmlElement> tokens = call.body().childrenNamed("RecordingTokens");
    String time = call.body().require("Time");
    XsdTime.parse(time);
    Xml xml = new Xml().begin("tse:GetMediaAttributesResponse");
    for (XmlElement token : tokens) {
      store.check(token.text());
      EdgeRecording recording = required();
      xml.begin("tse:MediaAttributes").leaf("tt:RecordingToken", token.text());
      List<EdgeRecording.Span> spans = recording.spans();
      for (int i = 0; i < recording.formats().size() && !spans.isEmpty(); i++) {
        xml.begin("tt:TrackAttributes").begin("tt:TrackInformation");
        RecordingStore.track(xml, recording, i, spans);
        xml.end().end();
      }
      xml.leaf("tt:From", time).leaf("tt:Until", time).end();
    }
    return SoapAnswer.of(xml.end());
  }

  private SoapAnswer findRecordings(SoapCall call) {
    List<String> results = new ArrayList<>();
    EdgeRecording recording = store.recording();
    if (recording != null && inScope(call.body())) {
      Xml xml = new Xml();
      store.information(xml, "tt:RecordingInformation", recording);
      results.add(xml.finish());
    }
    return begin(call, Search.Kind.RECORDINGS, results, "tse:FindRecordingsResponse");
  }

  private static boolean inScope(XmlElement body) {
    XmlElement scope = body.child("Scope");
    if (scope == null) {
      throw SoapFault.sender("ter:InvalidArgs", "missing Scope");
    }
    List<XmlElement> included = scope.childrenNamed("IncludedRecordings");
    return included.isEmpty()
        || included.stream().anyMatch(each -> each.text().equals(RecordingStore.TOKEN));
  }

  private SoapAnswer findEvents(SoapCall call) {
    XmlElement body = call.body();
    Instant start = XsdTime.parse(body.require("StartPoint"));
    String endText = body.textAt("EndPoint");
    Instant end =
        endText == null || endText.isEmpty() ? device.clock().now() : XsdTime.parse(endText);
    TopicFilter filter =
        TopicFilter.read(body.child("SearchFilter"), XsdTime.format(device.clock().now()));
    boolean startState = body.flag("IncludeStartState");
    body.require("IncludeStartState");
    List<String> results = new ArrayList<>();
    if (inScope(body)) {
      boolean backward = end.isBefore(start);
      Instant from = backward ? end : start;
      Instant to = backward ? start : end;
      if (startState) {
        results.addAll(startStates(start, filter));
      }
      List<String> found = new ArrayList<>();
      for (RecordingStore.Change change : store.changes()) {
        if (!change.time().isBefore(from) && !change.time().isAfter(to)) {
          addEvent(found, change, change.time(), false, filter);
        }
      }
      if (backward) {
        Collections.reverse(found);
      }
      results.addAll(found);
    }
    return begin(call, Search.Kind.EVENTS, results, "tse:FindEventsResponse");
  }

  /** Whether data was there when the search begins, for the recording and each track. */
  private List<String> startStates(Instant start, TopicFilter filter) {
    Map<String, RecordingStore.Change> last = new HashMap<>();
    for (RecordingStore.Change change : store.changes()) {
      if (change.time().isBefore(start)) {
        last.put(change.track(), change);
      }
    }
    List<String> results = new ArrayList<>();
    last.values().forEach(change -> addEvent(results, change, start, true, filter));
    return results;
  }

  private static void addEvent(
      List<String> results,
      RecordingStore.Change change,
      Instant time,
      boolean startState,
      TopicFilter filter) {
    boolean whole = change.track().isEmpty();
    String topic = whole ? "RecordingHistory/Recording/State" : "RecordingHistory/Track/State";
    if (!filter.passes(topic)) {
      return;
    }
    Xml xml =
        new Xml()
            .begin("tt:Result")
            .leaf("tt:RecordingToken", RecordingStore.TOKEN)
            .leaf("tt:TrackToken", change.track())
            .leaf("tt:Time", XsdTime.format(time))
            .begin("tt:Event")
            .leaf("wsnt:Topic", "tns1:" + topic, "Dialect", TopicFilter.CONCRETE_SET)
            .begin("wsnt:Message")
            .begin("tt:Message", "UtcTime", XsdTime.format(time), "PropertyOperation", "Changed")
            .begin("tt:Source")
            .empty("tt:SimpleItem", "Name", "RecordingToken", "Value", RecordingStore.TOKEN);
    if (!whole) {
      xml.empty("tt:SimpleItem", "Name", "Track", "Value", change.track());
    }
    results.add(
        xml.end()
            .begin("tt:Data")
            .empty(
                "tt:SimpleItem",
                "Name",
                whole ? "IsRecording" : "IsDataPresent",
                "Value",
                String.valueOf(change.present()))
            .end()
            .end()
            .end()
            .end()
            .leaf("tt:StartStateEvent", startState)
            .end()
            .finish());
  }

  private SoapAnswer begin(SoapCall call, Search.Kind kind, List<String> results, String element) {
    Duration keepAlive = XsdTime.parseDuration(call.body().require("KeepAliveTime"));
    int most = (int) call.body().number(MOST_RESULTS, "MaxMatches");
    sweep();
    if (searches.size() >= MAX_SEARCHES) {
      throw SoapFault.receiver("ter:Action", "ter:ResourceProblem", "too many searches");
    }
    String token = "Search_" + nextToken++;
    List<String> kept = results.size() > most && most > 0 ? results.subList(0, most) : results;
    searches.put(token, new Search(kind, kept, keepAlive, device.clock().nanoTime()));
    return SoapAnswer.of(new Xml().begin(element).leaf("tse:SearchToken", token).end());
  }

  private void sweep() {
    long now = device.clock().nanoTime();
    searches.values().removeIf(search -> search.expired(now));
  }

  private Search find(SoapCall call) {
    sweep();
    Search search = searches.get(call.body().require("SearchToken"));
    if (search == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidToken", "no such search");
    }
    return search;
  }

  private SoapAnswer results(SoapCall call, Search.Kind kind, String element) {
    Search search = find(call);
    if (search.kind() != kind) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidToken", "another kind of search");
    }
    int most = (int) Math.max(1, call.body().number(MOST_RESULTS, "MaxResults"));
    List<String> part = search.fetch(most, device.clock().nanoTime());
    Xml xml =
        new Xml()
            .begin(element)
            .begin("tse:ResultList")
            .leaf("tt:SearchState", search.completed() ? "Completed" : "Searching");
    part.forEach(xml::raw);
    return SoapAnswer.of(xml.end().end());
  }
}
