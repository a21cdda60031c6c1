package kg.sakchy.sim.onvif.media;

import java.util.function.BiConsumer;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** Profiles and sources of Media1 (ONVIF Media §5.2 to §5.4). */
public final class Media1Profiles implements SoapService {
  private final MediaState media;
  private final BiConsumer<Xml, String> ptzConfiguration;

  /**
   * @param ptzConfiguration writes the head's configuration under a name
   */
  public Media1Profiles(MediaState media, BiConsumer<Xml, String> ptzConfiguration) {
    this.media = media;
    this.ptzConfiguration = ptzConfiguration;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetProfiles" ->
          SoapAnswer.of(
              new Xml()
                  .begin("trt:GetProfilesResponse")
                  .each(media.profiles(), (xml, profile) -> write(xml, "trt:Profiles", profile))
                  .end());
      case "GetProfile" -> {
        Xml xml = new Xml().begin("trt:GetProfileResponse");
        write(xml, "trt:Profile", media.profile(call.body().require("ProfileToken")));
        yield SoapAnswer.of(xml.end());
      }
      case "CreateProfile" -> {
        Xml xml = new Xml().begin("trt:CreateProfileResponse");
        write(
            xml,
            "trt:Profile",
            media.create(call.body().require("Name"), call.body().textAt("Token")));
        yield SoapAnswer.of(xml.end());
      }
      case "DeleteProfile" -> {
        media.delete(call.body().require("ProfileToken"));
        yield SoapAnswer.empty("trt:DeleteProfileResponse");
      }
      case "GetVideoSources" -> videoSources();
      case "GetAudioSources" -> audioSources();
      case "GetVideoSourceConfigurations" -> {
        Xml xml = new Xml().begin("trt:GetVideoSourceConfigurationsResponse");
        MediaXml.videoSource(xml, "trt:Configurations", media);
        yield SoapAnswer.of(xml.end());
      }
      case "GetMetadataConfigurations" -> {
        Xml xml = new Xml().begin("trt:GetMetadataConfigurationsResponse");
        MediaXml.metadata(xml, "trt:Configurations");
        yield SoapAnswer.of(xml.end());
      }
      default -> addOrRemove(call);
    };
  }

  private @Nullable SoapAnswer addOrRemove(SoapCall call) {
    String operation = call.operation();
    boolean add = operation.startsWith("Add");
    if (!operation.endsWith("Configuration") || (!add && !operation.startsWith("Remove"))) {
      return null;
    }
    String kind =
        operation.substring(
            add ? "Add".length() : "Remove".length(),
            operation.length() - "Configuration".length());
    String profile = call.body().require("ProfileToken");
    if (kind.equals("VideoEncoder")) {
      media.setEncoder(
          profile, add ? media.encoder(call.body().require("ConfigurationToken")) : null);
      return SoapAnswer.empty("trt:" + operation + "Response");
    }
    for (MediaState.Part part : MediaState.Part.values()) {
      if (part.word().equals(kind)) {
        if (add) {
          call.body().require("ConfigurationToken");
          media.add(profile, part);
        } else {
          media.remove(profile, part);
        }
        return SoapAnswer.empty("trt:" + operation + "Response");
      }
    }
    return null;
  }

  private void write(Xml xml, String element, MediaState.Profile profile) {
    xml.begin(element, "fixed", String.valueOf(profile.fixed()), "token", profile.token())
        .leaf("tt:Name", profile.name());
    if (profile.parts().contains(MediaState.Part.VIDEO_SOURCE)) {
      MediaXml.videoSource(xml, "tt:VideoSourceConfiguration", media);
    }
    if (profile.parts().contains(MediaState.Part.AUDIO_SOURCE)) {
      MediaXml.audioSource(xml, "tt:AudioSourceConfiguration");
    }
    Encoder encoder = profile.encoder();
    if (encoder != null && encoder.settings().codec() == Codec.H264) {
      Media1Encoders.write(xml, "tt:VideoEncoderConfiguration", encoder);
    }
    Codec audio = media.audio();
    if (profile.parts().contains(MediaState.Part.AUDIO_ENCODER) && audio != null) {
      Media1Encoders.audio(xml, "tt:AudioEncoderConfiguration", audio);
    }
    if (profile.parts().contains(MediaState.Part.PTZ)) {
      ptzConfiguration.accept(xml, "tt:PTZConfiguration");
    }
    if (profile.parts().contains(MediaState.Part.METADATA)) {
      MediaXml.metadata(xml, "tt:MetadataConfiguration");
    }
    xml.end();
  }

  private SoapAnswer videoSources() {
    if (media.encoders().isEmpty()) {
      throw SoapFault.receiver("ter:ActionNotSupported", "ter:NoVideoSource", "no video");
    }
    Xml xml =
        new Xml()
            .begin("trt:GetVideoSourcesResponse")
            .begin("trt:VideoSources", "token", SimEvents.VIDEO_SOURCE)
            .leaf("tt:Framerate", media.encoders().getFirst().settings().frameRate());
    MediaXml.resolution(xml, "tt:Resolution", media.sourceWidth(), media.sourceHeight());
    return SoapAnswer.of(xml.end().end());
  }

  private SoapAnswer audioSources() {
    Xml xml = new Xml().begin("trt:GetAudioSourcesResponse");
    if (media.audio() != null) {
      xml.begin("trt:AudioSources", "token", "AudioSource_1").leaf("tt:Channels", 1).end();
    }
    return SoapAnswer.of(xml.end());
  }
}
