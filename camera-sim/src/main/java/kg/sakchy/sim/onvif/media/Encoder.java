package kg.sakchy.sim.onvif.media;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.onvif.SimStream;

/** A video encoder and its settings, which change what the device says and not what it sends. */
final class Encoder {
  private final SimStream stream;
  private Settings settings;

  /**
   * What can be set.
   *
   * @param bitrateKbps limit
   * @param govLength pictures from one key frame to the next
   */
  record Settings(
      Codec codec,
      int width,
      int height,
      double frameRate,
      int bitrateKbps,
      int govLength,
      double quality) {}

  Encoder(SimStream stream) {
    this.stream = stream;
    this.settings =
        new Settings(
            stream.codec(),
            stream.width(),
            stream.height(),
            stream.frameRate(),
            stream.bitrateKbps(),
            stream.govLength(),
            4);
  }

  SimStream stream() {
    return stream;
  }

  String token() {
    return "VideoEncoder_" + stream.token();
  }

  Settings settings() {
    return settings;
  }

  void set(Settings newSettings) {
    settings = newSettings;
  }
}
