package kg.sakchy.sim.onvif.media;

import java.util.List;
import java.util.function.BiConsumer;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Profiles of Media2 (ONVIF Media2 §5.2). */
public final class Media2Profiles implements SoapService {
  private final MediaState media;
  private final BiConsumer<Xml, String> ptzConfiguration;

  /**
   * @param ptzConfiguration writes the head's configuration under a name
   */
  public Media2Profiles(MediaState media, BiConsumer<Xml, String> ptzConfiguration) {
    this.media = media;
    this.ptzConfiguration = ptzConfiguration;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetProfiles" -> profiles(call);
      case "CreateProfile" -> {
        MediaState.Profile profile = media.create(call.body().require("Name"), null);
        call.body()
            .childrenNamed("Configuration")
            .forEach(configuration -> change(profile.token(), configuration, true));
        yield SoapAnswer.of(
            new Xml().begin("tr2:CreateProfileResponse").leaf("tr2:Token", profile.token()).end());
      }
      case "DeleteProfile" -> {
        media.delete(call.body().require("Token"));
        yield SoapAnswer.empty("tr2:DeleteProfileResponse");
      }
      case "AddConfiguration" -> changeAll(call, true, "tr2:AddConfigurationResponse");
      case "RemoveConfiguration" -> changeAll(call, false, "tr2:RemoveConfigurationResponse");
      case "GetVideoSourceConfigurations" -> {
        Xml xml = new Xml().begin("tr2:GetVideoSourceConfigurationsResponse");
        MediaXml.videoSource(xml, "tr2:Configurations", media);
        yield SoapAnswer.of(xml.end());
      }
      case "GetMetadataConfigurations" -> {
        Xml xml = new Xml().begin("tr2:GetMetadataConfigurationsResponse");
        MediaXml.metadata(xml, "tr2:Configurations");
        yield SoapAnswer.of(xml.end());
      }
      default -> null;
    };
  }

  private SoapAnswer profiles(SoapCall call) {
    String token = call.body().textAt("Token");
    List<String> types = call.body().childrenNamed("Type").stream().map(XmlElement::text).toList();
    Xml xml = new Xml().begin("tr2:GetProfilesResponse");
    if (token != null && !token.isEmpty()) {
      write(xml, media.profile(token), types);
    } else {
      media.profiles().forEach(profile -> write(xml, profile, types));
    }
    return SoapAnswer.of(xml.end());
  }

  private void write(Xml xml, MediaState.Profile profile, List<String> types) {
    xml.begin("tr2:Profiles", "token", profile.token(), "fixed", String.valueOf(profile.fixed()))
        .leaf("tr2:Name", profile.name());
    if (!types.isEmpty()) {
      xml.begin("tr2:Configurations");
      configurations(xml, profile, types);
      xml.end();
    }
    xml.end();
  }

  private void configurations(Xml xml, MediaState.Profile profile, List<String> types) {
    if (shows(profile, MediaState.Part.VIDEO_SOURCE, types)) {
      MediaXml.videoSource(xml, "tr2:VideoSource", media);
    }
    if (shows(profile, MediaState.Part.AUDIO_SOURCE, types)) {
      MediaXml.audioSource(xml, "tr2:AudioSource");
    }
    Encoder encoder = profile.encoder();
    if (encoder != null && (types.contains("All") || types.contains("VideoEncoder"))) {
      Media2Encoders.write(xml, "tr2:VideoEncoder", encoder);
    }
    Codec audio = media.audio();
    if (audio != null && shows(profile, MediaState.Part.AUDIO_ENCODER, types)) {
      Media2Encoders.audio(xml, "tr2:AudioEncoder", audio);
    }
    if (shows(profile, MediaState.Part.PTZ, types)) {
      ptzConfiguration.accept(xml, "tr2:PTZ");
    }
    if (shows(profile, MediaState.Part.METADATA, types)) {
      MediaXml.metadata(xml, "tr2:Metadata");
    }
  }

  private static boolean shows(
      MediaState.Profile profile, MediaState.Part part, List<String> types) {
    return profile.parts().contains(part) && (types.contains("All") || types.contains(part.word()));
  }

  private SoapAnswer changeAll(SoapCall call, boolean add, String answer) {
    String profile = call.body().require("ProfileToken");
    media.profile(profile);
    call.body()
        .childrenNamed("Configuration")
        .forEach(configuration -> change(profile, configuration, add));
    return SoapAnswer.empty(answer);
  }

  private void change(String profile, XmlElement configuration, boolean add) {
    String type = configuration.require("Type");
    if (type.equals("VideoEncoder")) {
      media.setEncoder(profile, add ? media.encoder(configuration.require("Token")) : null);
      return;
    }
    for (MediaState.Part part : MediaState.Part.values()) {
      if (part.word().equals(type)) {
        if (add) {
          media.add(profile, part);
        } else {
          media.remove(profile, part);
        }
        return;
      }
    }
    throw SoapFault.sender("ter:InvalidArgVal", "ter:NoConfig", "no configuration of " + type);
  }
}
