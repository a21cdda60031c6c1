package kg.sakchy.sim.onvif.media;

import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.ServiceCapabilities;
import kg.sakchy.sim.onvif.device.Services;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of streams and snapshots, synchronization points and capabilities: what Media1 (ONVIF
 * Media §5.15) and Media2 (ONVIF Media2 §5.6) have in common but for the words.
 */
public final class MediaUris implements SoapService {
  private static final String SNAPSHOTS = "/onvif/snapshot/";

  private final MediaState media;

  public MediaUris(MediaState media) {
    this.media = media;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    boolean media2 = call.body().namespace().equals(Ns.MEDIA2.uri());
    return switch (call.operation()) {
      case "GetStreamUri" -> {
        checkTransport(call, media2);
        yield uri(media2, "GetStreamUriResponse", streamUri(call));
      }
      case "GetSnapshotUri" -> snapshot(call, media2);
      case "SetSynchronizationPoint" -> {
        media.profile(call.body().require("ProfileToken"));
        yield SoapAnswer.empty((media2 ? "tr2" : "trt") + ":SetSynchronizationPointResponse");
      }
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              (media2
                      ? ServiceCapabilities.media2(
                          new Xml().begin("tr2:GetServiceCapabilitiesResponse"))
                      : ServiceCapabilities.media(
                          new Xml().begin("trt:GetServiceCapabilitiesResponse")))
                  .end());
      default -> null;
    };
  }

  private static void checkTransport(SoapCall call, boolean media2) {
    boolean fine =
        media2
            ? switch (call.body().require("Protocol")) {
              case "RtspUnicast", "RTSP" -> true;
              default -> false;
            }
            : call.body().require("StreamSetup", "Stream").equals("RTP-Unicast")
                && switch (call.body().require("StreamSetup", "Transport", "Protocol")) {
                  case "UDP", "RTSP", "TCP" -> true;
                  default -> false;
                };
    if (!fine) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidStreamSetup", "not that way");
    }
  }

  private String streamUri(SoapCall call) {
    MediaState.Profile profile = media.profile(call.body().require("ProfileToken"));
    Encoder encoder = profile.encoder();
    if (encoder == null) {
      throw SoapFault.sender("ter:Action", "ter:IncompleteConfiguration", "no encoder");
    }
    return Services.streamAddress(media.device(), encoder.stream().uri());
  }

  private SoapAnswer snapshot(SoapCall call, boolean media2) {
    MediaState.Profile profile = media.profile(call.body().require("ProfileToken"));
    Encoder encoder = profile.encoder();
    if (encoder == null) {
      throw SoapFault.sender("ter:Action", "ter:IncompleteConfiguration", "no encoder");
    }
    if (media.device().has(SimQuirk.NO_SNAPSHOT_URI)) {
      String name = (media2 ? "tr2" : "trt") + ":GetSnapshotUriResponse";
      return SoapAnswer.of(
          media2 ? new Xml().empty(name) : new Xml().begin(name).empty("trt:MediaUri").end());
    }
    return uri(
        media2,
        "GetSnapshotUriResponse",
        Services.address(media.device(), call.device(), SNAPSHOTS + encoder.stream().token()));
  }

  private SoapAnswer uri(boolean media2, String element, String uri) {
    if (media2 && !media.device().has(SimQuirk.MEDIA2_IN_WORDS_OF_MEDIA1)) {
      return SoapAnswer.of(new Xml().begin("tr2:" + element).leaf("tr2:Uri", uri).end());
    }
    return SoapAnswer.of(
        new Xml()
            .begin("trt:" + element)
            .begin("trt:MediaUri")
            .leaf("tt:Uri", uri)
            .leaf("tt:InvalidAfterConnect", false)
            .leaf("tt:InvalidAfterReboot", false)
            .leaf("tt:Timeout", "PT0S")
            .end()
            .end());
  }
}
