package kg.sakchy.sim.onvif.media;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Encoders of Media1 (ONVIF Media §5.5), which knows no H.265. */
public final class Media1Encoders implements SoapService {
  private final MediaState media;

  public Media1Encoders(MediaState media) {
    this.media = media;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetVideoEncoderConfigurations" -> all("trt:GetVideoEncoderConfigurationsResponse");
      case "GetCompatibleVideoEncoderConfigurations" -> {
        media.profile(call.body().require("ProfileToken"));
        yield all("trt:GetCompatibleVideoEncoderConfigurationsResponse");
      }
      case "GetVideoEncoderConfiguration" -> {
        Xml xml = new Xml().begin("trt:GetVideoEncoderConfigurationResponse");
        write(xml, "trt:Configuration", media.encoder(call.body().require("ConfigurationToken")));
        yield SoapAnswer.of(xml.end());
      }
      case "GetVideoEncoderConfigurationOptions" -> options(call);
      case "SetVideoEncoderConfiguration" -> set(call);
      case "GetAudioEncoderConfigurations" -> {
        Xml xml = new Xml().begin("trt:GetAudioEncoderConfigurationsResponse");
        Codec audio = media.audio();
        if (audio != null) {
          audio(xml, "trt:Configurations", audio);
        }
        yield SoapAnswer.of(xml.end());
      }
      default -> null;
    };
  }

  private SoapAnswer all(String element) {
    Xml xml = new Xml().begin(element);
    for (Encoder encoder : media.encoders()) {
      if (encoder.settings().codec() == Codec.H264) {
        write(xml, "trt:Configurations", encoder);
      }
    }
    return SoapAnswer.of(xml.end());
  }

  static void write(Xml xml, String element, Encoder encoder) {
    Encoder.Settings settings = encoder.settings();
    xml.begin(element, "token", encoder.token())
        .leaf("tt:Name", encoder.stream().token())
        .leaf("tt:UseCount", 1)
        .leaf("tt:Encoding", "H264");
    MediaXml.resolution(xml, "tt:Resolution", settings.width(), settings.height());
    xml.leaf("tt:Quality", settings.quality())
        .begin("tt:RateControl")
        .leaf("tt:FrameRateLimit", Math.round(settings.frameRate()))
        .leaf("tt:EncodingInterval", 1)
        .leaf("tt:BitrateLimit", settings.bitrateKbps())
        .end()
        .begin("tt:H264")
        .leaf("tt:GovLength", settings.govLength())
        .leaf("tt:H264Profile", "High")
        .end();
    MediaXml.multicast(xml);
    xml.leaf("tt:SessionTimeout", "PT60S").end();
  }

  static void audio(Xml xml, String element, Codec codec) {
    xml.begin(element, "token", MediaState.AUDIO_ENCODER_CONFIG)
        .leaf("tt:Name", "Sound")
        .leaf("tt:UseCount", 1)
        .leaf("tt:Encoding", MediaXml.audioEncoding(codec))
        .leaf("tt:Bitrate", 64)
        .leaf("tt:SampleRate", codec == Codec.AAC ? 16 : 8);
    MediaXml.multicast(xml);
    xml.leaf("tt:SessionTimeout", "PT60S").end();
  }

  private SoapAnswer options(SoapCall call) {
    String token = call.body().textAt("ConfigurationToken");
    String profile = call.body().textAt("ProfileToken");
    Encoder encoder = null;
    if (token != null && !token.isEmpty()) {
      encoder = media.encoder(token);
    } else if (profile != null && !profile.isEmpty()) {
      encoder = media.profile(profile).encoder();
    } else if (!media.encoders().isEmpty()) {
      encoder = media.encoders().getFirst();
    }
    if (encoder == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoConfig", "no encoder");
    }
    Xml xml =
        new Xml().begin("trt:GetVideoEncoderConfigurationOptionsResponse").begin("trt:Options");
    MediaXml.range(xml, "tt:QualityRange", EncoderRules.MIN_QUALITY, EncoderRules.MAX_QUALITY);
    xml.begin("tt:H264");
    h264(xml, encoder);
    xml.end().begin("tt:Extension").begin("tt:H264");
    h264(xml, encoder);
    MediaXml.range(xml, "tt:BitrateRange", EncoderRules.MIN_KBPS, EncoderRules.MAX_KBPS);
    return SoapAnswer.of(xml.end().end().end().end());
  }

  private static void h264(Xml xml, Encoder encoder) {
    for (EncoderRules.Size size : EncoderRules.sizes(encoder.stream())) {
      MediaXml.resolution(xml, "tt:ResolutionsAvailable", size.width(), size.height());
    }
    MediaXml.range(xml, "tt:GovLengthRange", 1, EncoderRules.MAX_GOV);
    MediaXml.range(xml, "tt:FrameRateRange", 1, EncoderRules.MAX_FRAME_RATE);
    MediaXml.range(xml, "tt:EncodingIntervalRange", 1, 1);
    xml.leaf("tt:H264ProfilesSupported", "Main").leaf("tt:H264ProfilesSupported", "High");
  }

  private SoapAnswer set(SoapCall call) {
    XmlElement wanted = call.body().child("Configuration");
    if (wanted == null) {
      throw SoapFault.sender("ter:InvalidArgs", "missing Configuration");
    }
    call.body().require("ForcePersistence");
    Encoder encoder = media.encoder(wanted.attributes().getOrDefault("token", ""));
    if (!wanted.require("Encoding").equals("H264")) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:ConfigModify", "H264 only");
    }
    Encoder.Settings old = encoder.settings();
    Encoder.Settings next =
        new Encoder.Settings(
            Codec.H264,
            (int) wanted.number(old.width(), "Resolution", "Width"),
            (int) wanted.number(old.height(), "Resolution", "Height"),
            wanted.number(old.frameRate(), "RateControl", "FrameRateLimit"),
            (int) wanted.number(old.bitrateKbps(), "RateControl", "BitrateLimit"),
            (int) wanted.number(old.govLength(), "H264", "GovLength"),
            wanted.number(old.quality(), "Quality"));
    EncoderRules.check(encoder, next);
    encoder.set(next);
    return SoapAnswer.empty("trt:SetVideoEncoderConfigurationResponse");
  }
}
