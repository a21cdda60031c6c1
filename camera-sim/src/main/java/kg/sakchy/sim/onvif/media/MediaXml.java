package kg.sakchy.sim.onvif.media;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.soap.Xml;

/** Elements that both media services write, in the schema's namespace. Threads: pure functions. */
final class MediaXml {
  private MediaXml() {}

  /** A VideoSourceConfiguration. */
  static void videoSource(Xml xml, String element, MediaState media) {
    xml.begin(element, "token", MediaState.VIDEO_SOURCE_CONFIG)
        .leaf("tt:Name", "Video source")
        .leaf("tt:UseCount", media.profiles().size())
        .leaf("tt:SourceToken", SimEvents.VIDEO_SOURCE)
        .empty(
            "tt:Bounds",
            "x",
            "0",
            "y",
            "0",
            "width",
            String.valueOf(media.sourceWidth()),
            "height",
            String.valueOf(media.sourceHeight()))
        .end();
  }

  static void audioSource(Xml xml, String element) {
    xml.begin(element, "token", MediaState.AUDIO_SOURCE_CONFIG)
        .leaf("tt:Name", "Microphone")
        .leaf("tt:UseCount", 1)
        .leaf("tt:SourceToken", "AudioSource_1")
        .end();
  }

  static void metadata(Xml xml, String element) {
    xml.begin(element, "token", MediaState.METADATA_CONFIG)
        .leaf("tt:Name", "Metadata")
        .leaf("tt:UseCount", 1)
        .leaf("tt:Analytics", true);
    multicast(xml);
    xml.leaf("tt:SessionTimeout", "PT60S").end();
  }

  static void multicast(Xml xml) {
    xml.begin("tt:Multicast")
        .begin("tt:Address")
        .leaf("tt:Type", "IPv4")
        .leaf("tt:IPv4Address", "0.0.0.0")
        .end()
        .leaf("tt:Port", 0)
        .leaf("tt:TTL", 1)
        .leaf("tt:AutoStart", false)
        .end();
  }

  static void resolution(Xml xml, String element, int width, int height) {
    xml.begin(element).leaf("tt:Width", width).leaf("tt:Height", height).end();
  }

  static void range(Xml xml, String element, int min, int max) {
    xml.begin(element).leaf("tt:Min", min).leaf("tt:Max", max).end();
  }

  /** The word of Media1 for a sound codec. */
  static String audioEncoding(Codec codec) {
    return switch (codec) {
      case AAC -> "AAC";
      case G711_ALAW, G711_ULAW, OPUS -> "G711";
      case H264, H265, MJPEG, ONVIF_METADATA ->
          throw new IllegalArgumentException("no sound: " + codec);
    };
  }
}
