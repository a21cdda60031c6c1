package kg.sakchy.sim.onvif.recording;

import kg.sakchy.sim.EdgeRecording;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.ServiceCapabilities;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** Recording control, as far as a device with one fixed recording has it. */
public final class RecordingService implements SoapService {
  private static final String JOB = "RecordingJob_1";

  private final RecordingStore store;

  public RecordingService(RecordingStore store) {
    this.store = store;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              ServiceCapabilities.recording(new Xml().begin("trc:GetServiceCapabilitiesResponse"))
                  .end());
      case "GetRecordings" -> recordings();
      case "GetRecordingConfiguration" -> {
        store.check(call.body().require("RecordingToken"));
        Xml xml = new Xml().begin("trc:GetRecordingConfigurationResponse");
        configuration(xml, "trc:RecordingConfiguration");
        yield SoapAnswer.of(xml.end());
      }
      case "GetRecordingOptions" -> options(call);
      case "GetRecordingJobs" -> jobs();
      case "GetRecordingJobState" -> jobState(call);
      default -> null;
    };
  }

  private void configuration(Xml xml, String element) {
    xml.begin(element);
    store.source(xml, "tt:Source");
    xml.leaf("tt:Content", "Everything").leaf("tt:MaximumRetentionTime", "PT0S").end();
  }

  private SoapAnswer recordings() {
    Xml xml = new Xml().begin("trc:GetRecordingsResponse");
    EdgeRecording recording = store.recording();
    if (recording != null) {
      xml.begin("trc:RecordingItem").leaf("tt:RecordingToken", RecordingStore.TOKEN);
      configuration(xml, "tt:Configuration");
      xml.begin("tt:Tracks");
      for (int i = 0; i < recording.formats().size(); i++) {
        xml.begin("tt:Track")
            .leaf("tt:TrackToken", recording.trackToken(i))
            .begin("tt:Configuration")
            .leaf("tt:TrackType", RecordingStore.type(recording, i))
            .leaf("tt:Description", recording.formats().get(i).codec())
            .end()
            .end();
      }
      xml.end().end();
    }
    return SoapAnswer.of(xml.end());
  }

  private SoapAnswer options(SoapCall call) {
    if (store.device().has(SimQuirk.NO_RECORDING_OPTIONS)) {
      throw SoapFault.actionNotSupported(call.operation());
    }
    store.check(call.body().require("RecordingToken"));
    return SoapAnswer.of(
        new Xml()
            .begin("trc:GetRecordingOptionsResponse")
            .begin("trc:Options")
            .empty("trc:Job", "Spare", "0", "CompatibleSources", sources())
            .empty("trc:Track", "SpareTotal", "0")
            .end()
            .end());
  }

  private String sources() {
    return store.device().profile().streams().getFirst().token();
  }

  private SoapAnswer jobs() {
    Xml xml = new Xml().begin("trc:GetRecordingJobsResponse");
    EdgeRecording recording = store.recording();
    if (recording != null) {
      xml.begin("trc:JobItem")
          .leaf("tt:JobToken", JOB)
          .begin("tt:JobConfiguration")
          .leaf("tt:RecordingToken", RecordingStore.TOKEN)
          .leaf("tt:Mode", recording.recording() ? "Active" : "Idle")
          .leaf("tt:Priority", 1)
          .end()
          .end();
    }
    return SoapAnswer.of(xml.end());
  }

  private SoapAnswer jobState(SoapCall call) {
    EdgeRecording recording = store.recording();
    if (recording == null || !call.body().require("JobToken").equals(JOB)) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoRecordingJob", "no such job");
    }
    return SoapAnswer.of(
        new Xml()
            .begin("trc:GetRecordingJobStateResponse")
            .begin("trc:State")
            .leaf("tt:RecordingToken", RecordingStore.TOKEN)
            .leaf("tt:State", recording.recording() ? "Active" : "Idle")
            .end()
            .end());
  }
}
