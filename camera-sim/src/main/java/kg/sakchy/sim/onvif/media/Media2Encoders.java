package kg.sakchy.sim.onvif.media;

import java.util.List;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Encoders of Media2 (ONVIF Media2 §5.4). */
public final class Media2Encoders implements SoapService {
  private final MediaState media;

  public Media2Encoders(MediaState media) {
    this.media = media;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetVideoEncoderConfigurations" -> {
        Xml xml = new Xml().begin("tr2:GetVideoEncoderConfigurationsResponse");
        chosen(call).forEach(encoder -> write(xml, "tr2:Configurations", encoder));
        yield SoapAnswer.of(xml.end());
      }
      case "GetVideoEncoderConfigurationOptions" -> options(call);
      case "SetVideoEncoderConfiguration" -> set(call);
      case "GetVideoEncoderInstances" -> {
        call.body().require("ConfigurationToken");
        yield SoapAnswer.of(
            new Xml()
                .begin("tr2:GetVideoEncoderInstancesResponse")
                .begin("tr2:Info")
                .leaf("tr2:Total", media.encoders().size())
                .end()
                .end());
      }
      case "GetAudioEncoderConfigurations" -> {
        Xml xml = new Xml().begin("tr2:GetAudioEncoderConfigurationsResponse");
        Codec audio = media.audio();
        if (audio != null) {
          audio(xml, "tr2:Configurations", audio);
        }
        yield SoapAnswer.of(xml.end());
      }
      default -> null;
    };
  }

  private List<Encoder> chosen(SoapCall call) {
    String token = call.body().textAt("ConfigurationToken");
    if (token != null && !token.isEmpty()) {
      return List.of(media.encoder(token));
    }
    String profile = call.body().textAt("ProfileToken");
    if (profile != null && !profile.isEmpty()) {
      Encoder encoder = media.profile(profile).encoder();
      return encoder == null ? List.of() : List.of(encoder);
    }
    return media.encoders();
  }

  static void write(Xml xml, String element, Encoder encoder) {
    Encoder.Settings settings = encoder.settings();
    xml.begin(
            element,
            "token",
            encoder.token(),
            "GovLength",
            String.valueOf(settings.govLength()),
            "Profile",
            settings.codec() == Codec.H265 ? "Main" : "High")
        .leaf("tt:Name", encoder.stream().token())
        .leaf("tt:UseCount", 1)
        .leaf("tt:Encoding", encoding(settings.codec()));
    MediaXml.resolution(xml, "tt:Resolution", settings.width(), settings.height());
    xml.begin("tt:RateControl", "ConstantBitRate", "false")
        .leaf("tt:FrameRateLimit", settings.frameRate())
        .leaf("tt:BitrateLimit", settings.bitrateKbps())
        .end();
    MediaXml.multicast(xml);
    xml.leaf("tt:Quality", settings.quality()).end();
  }

  private static String encoding(Codec codec) {
    return switch (codec) {
      case H265 -> "H265";
      case MJPEG -> "JPEG";
      case H264 -> "H264";
      case AAC, G711_ALAW, G711_ULAW, OPUS, ONVIF_METADATA ->
          throw new IllegalArgumentException("no pictures: " + codec);
    };
  }

  static void audio(Xml xml, String element, Codec codec) {
    xml.begin(element, "token", MediaState.AUDIO_ENCODER_CONFIG)
        .leaf("tt:Name", "Sound")
        .leaf("tt:UseCount", 1)
        .leaf(
            "tt:Encoding",
            switch (codec) {
              case AAC -> "MP4A-LATM";
              case G711_ALAW -> "PCMA";
              case G711_ULAW, OPUS, H264, H265, MJPEG, ONVIF_METADATA -> "PCMU";
            });
    MediaXml.multicast(xml);
    xml.leaf("tt:Bitrate", 64).leaf("tt:SampleRate", codec == Codec.AAC ? 16 : 8).end();
  }

  private SoapAnswer options(SoapCall call) {
    List<Encoder> encoders = chosen(call);
    if (encoders.isEmpty()) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoConfig", "no encoder");
    }
    Xml xml = new Xml().begin("tr2:GetVideoEncoderConfigurationOptionsResponse");
    for (String codec : List.of("H264", "H265")) {
      xml.begin(
              "tr2:Options",
              "GovLengthRange",
              "1 " + EncoderRules.MAX_GOV,
              "FrameRatesSupported",
              "30 25 20 15 12.5 10 5 1",
              "ProfilesSupported",
              codec.equals("H264") ? "Main High" : "Main",
              "ConstantBitRateSupported",
              "true")
          .leaf("tt:Encoding", codec);
      MediaXml.range(xml, "tt:QualityRange", EncoderRules.MIN_QUALITY, EncoderRules.MAX_QUALITY);
      for (EncoderRules.Size size : EncoderRules.sizes(encoders.getFirst().stream())) {
        MediaXml.resolution(xml, "tt:ResolutionsAvailable", size.width(), size.height());
      }
      MediaXml.range(xml, "tt:BitrateRange", EncoderRules.MIN_KBPS, EncoderRules.MAX_KBPS);
      xml.end();
    }
    return SoapAnswer.of(xml.end());
  }

  private SoapAnswer set(SoapCall call) {
    XmlElement wanted = call.body().child("Configuration");
    if (wanted == null) {
      throw SoapFault.sender("ter:InvalidArgs", "missing Configuration");
    }
    Encoder encoder = media.encoder(wanted.attributes().getOrDefault("token", ""));
    Encoder.Settings old = encoder.settings();
    Codec codec =
        switch (wanted.require("Encoding")) {
          case "H264" -> Codec.H264;
          case "H265" -> Codec.H265;
          default -> throw SoapFault.sender("ter:InvalidArgVal", "ter:ConfigModify", "a codec");
        };
    Encoder.Settings next =
        new Encoder.Settings(
            codec,
            (int) wanted.number(old.width(), "Resolution", "Width"),
            (int) wanted.number(old.height(), "Resolution", "Height"),
            wanted.number(old.frameRate(), "RateControl", "FrameRateLimit"),
            (int) wanted.number(old.bitrateKbps(), "RateControl", "BitrateLimit"),
            wanted.attributes().containsKey("GovLength")
                ? (int) wanted.attributeNumber("GovLength")
                : old.govLength(),
            wanted.number(old.quality(), "Quality"));
    EncoderRules.check(encoder, next);
    encoder.set(next);
    return SoapAnswer.empty("tr2:SetVideoEncoderConfigurationResponse");
  }
}
