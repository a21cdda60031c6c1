package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.Eventually;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.EdgeRecording;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import kg.sakchy.sim.TestClips;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingServiceTest {
  private final SimServer rtsp = SimServer.start(SimOptions.DEFAULTS);
  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
  private final SimCamera camera = rtsp.addCamera("cam", ClipMedia.open(TestClips.scene()));
  private final EdgeRecording edge = camera.recordOnEdge(Duration.ofMinutes(1));
  private final SimDevice device =
      sim.addDevice(
          SimDeviceProfile.of("cam", SimStream.of("main", camera))
              .withProfiles(OnvifProfile.S, OnvifProfile.G));
  private final SoapClient client = new SoapClient(device.uri());

  @AfterEach
  void stop() {
    sim.close();
    rtsp.close();
  }

  private SoapClient.Answer search(String body) throws Exception {
    return client.service("search", body);
  }

  @Test
  void findsRecordingsAndGaps() throws Exception {
    Eventually.holds("pictures", () -> !edge.spans().isEmpty());
    edge.pause();
    edge.resume();
    Eventually.holds("a gap", () -> edge.spans().size() == 2);
    assertThat(search("<tse:GetRecordingSummary/>").ok().text("tt:NumberRecordings"))
        .isEqualTo("1");
    String token =
        search(
                "<tse:FindRecordings><tse:Scope/><tse:KeepAliveTime>PT10S</tse:KeepAliveTime>"
                    + "</tse:FindRecordings>")
            .ok()
            .text("tse:SearchToken");
    SoapClient.Answer found =
        search(
                "<tse:GetRecordingSearchResults><tse:SearchToken>"
                    + token
                    + "</tse:SearchToken></tse:GetRecordingSearchResults>")
            .ok();
    assertThat(found.text("tt:SearchState")).isEqualTo("Completed");
    assertThat(found.text("tt:RecordingToken")).isEqualTo("Recording_1");
    assertThat(found.texts("tt:TrackToken")).containsExactly("VIDEO001", "AUDIO001");
    search("<tse:EndSearch><tse:SearchToken>" + token + "</tse:SearchToken></tse:EndSearch>").ok();
    search("<tse:EndSearch><tse:SearchToken>" + token + "</tse:SearchToken></tse:EndSearch>")
        .fault("ter:InvalidToken");
  }

  @Test
  void findsWhereDataBeginsAndEnds() throws Exception {
    Eventually.holds("pictures", () -> !edge.spans().isEmpty());
    edge.pause();
    String events =
        "<tse:FindEvents><tse:StartPoint>"
            + Instant.now().minusSeconds(60)
            + "</tse:StartPoint><tse:Scope/><tse:SearchFilter>"
            + "<wsnt:TopicExpression Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/"
            + "ConcreteSet\">tns1:RecordingHistory/Recording/State</wsnt:TopicExpression>"
            + "</tse:SearchFilter><tse:IncludeStartState>false</tse:IncludeStartState>"
            + "<tse:KeepAliveTime>PT10S</tse:KeepAliveTime></tse:FindEvents>";
    String token = search(events).ok().text("tse:SearchToken");
    String results =
        "<tse:GetEventSearchResults><tse:SearchToken>"
            + token
            + "</tse:SearchToken><tse:MaxResults>1</tse:MaxResults></tse:GetEventSearchResults>";
    SoapClient.Answer first = search(results).ok();
    assertThat(first.text("tt:SearchState")).isEqualTo("Searching");
    assertThat(first.body()).contains("Name=\"IsRecording\" Value=\"true\"");
    SoapClient.Answer second = search(results).ok();
    assertThat(second.text("tt:SearchState")).isEqualTo("Completed");
    assertThat(second.body()).contains("Name=\"IsRecording\" Value=\"false\"");
  }

  @Test
  void saysWhereToReplay() throws Exception {
    String uri =
        "<trp:GetReplayUri><trp:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
            + "<tt:Protocol>RTSP</tt:Protocol></tt:Transport></trp:StreamSetup>"
            + "<trp:RecordingToken>%s</trp:RecordingToken></trp:GetReplayUri>";
    assertThat(client.service("replay", uri.formatted("Recording_1")).ok().text("trp:Uri"))
        .isEqualTo(camera.replayUri().toString());
    client.service("replay", uri.formatted("other")).fault("ter:NoRecording");
    String options =
        "<trc:GetRecordingOptions><trc:RecordingToken>Recording_1</trc:RecordingToken>"
            + "</trc:GetRecordingOptions>";
    client.service("recording", options).ok();
    device.quirks().on(SimQuirk.NO_RECORDING_OPTIONS);
    client.service("recording", options).fault("ter:ActionNotSupported");
  }
}
