package kg.sakchy.onvif.recording;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlTemplate;

/** The requests of the search and replay services (ONVIF Recording Search §5, Replay §5). */
final class SearchRequests {
  private static final XmlTemplate FIND_RECORDINGS =
      XmlTemplate.of(
          "<tse:Scope/><tse:MaxMatches>{}</tse:MaxMatches>"
              + "<tse:KeepAliveTime>{}</tse:KeepAliveTime>");
  private static final XmlTemplate FIND_EVENTS =
      XmlTemplate.of(
          """
          <tse:StartPoint>{}</tse:StartPoint><tse:EndPoint>{}</tse:EndPoint>\
          <tse:Scope><tt:IncludedRecordings>{}</tt:IncludedRecordings></tse:Scope>\
          <tse:SearchFilter><wsnt:TopicExpression xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" \
          xmlns:tns1="http://www.onvif.org/ver10/topics" \
          Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">\
          tns1:RecordingHistory/Recording/State</wsnt:TopicExpression></tse:SearchFilter>\
          <tse:IncludeStartState>true</tse:IncludeStartState>\
          <tse:MaxMatches>{}</tse:MaxMatches><tse:KeepAliveTime>{}</tse:KeepAliveTime>\
          """);
  private static final XmlTemplate RESULTS =
      XmlTemplate.of("<tse:SearchToken>{}</tse:SearchToken><tse:WaitTime>{}</tse:WaitTime>");
  private static final XmlTemplate TOKEN = XmlTemplate.of("<tse:SearchToken>{}</tse:SearchToken>");
  private static final XmlTemplate REPLAY =
      XmlTemplate.of(
          """
          <trp:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>\
          <tt:Protocol>RTSP</tt:Protocol></tt:Transport></trp:StreamSetup>\
          <trp:RecordingToken>{}</trp:RecordingToken>\
          """);

  private SearchRequests() {}

  static SoapRequest summary() {
    return SoapRequest.of(OnvifService.SEARCH, "GetRecordingSummary");
  }

  static SoapRequest findRecordings(int most, Duration keepAlive) {
    return SoapRequest.of(
        OnvifService.SEARCH, "FindRecordings", FIND_RECORDINGS.fill(most, keepAlive));
  }

  /** Changes of "there is data" of one recording; the state at the start comes too. */
  static SoapRequest findStates(
      String recording, Instant start, Instant end, int most, Duration keepAlive) {
    return SoapRequest.of(
        OnvifService.SEARCH,
        "FindEvents",
        FIND_EVENTS.fill(start, end, recording, most, keepAlive));
  }

  /**
   * Results of a search so far.
   *
   * @param operation {@code GetRecordingSearchResults} or {@code GetEventSearchResults}
   * @param wait how long the camera may wait for more
   */
  static SoapRequest results(String operation, String search, Duration wait) {
    return SoapRequest.of(OnvifService.SEARCH, operation, RESULTS.fill(search, wait));
  }

  static SoapRequest end(String search) {
    return SoapRequest.of(OnvifService.SEARCH, "EndSearch", TOKEN.fill(search));
  }

  static SoapRequest replayUri(String recording) {
    return SoapRequest.of(OnvifService.REPLAY, "GetReplayUri", REPLAY.fill(recording));
  }
}
