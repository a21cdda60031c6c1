package kg.sakchy.sim.onvif.media;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.sim.onvif.SimStream;
import kg.sakchy.sim.onvif.soap.SoapFault;

/** What encoders can be set to. Threads: pure functions. */
final class EncoderRules {
  static final int MIN_KBPS = 64;
  static final int MAX_KBPS = 16_384;
  static final int MAX_GOV = 400;
  static final int MAX_FRAME_RATE = 30;
  static final int MIN_QUALITY = 0;
  static final int MAX_QUALITY = 10;

  private EncoderRules() {}

  /** A picture size. */
  record Size(int width, int height) {}

  /** The stream's own size, and smaller ones. */
  static List<Size> sizes(SimStream stream) {
    List<Size> sizes = new ArrayList<>();
    sizes.add(new Size(stream.width(), stream.height()));
    for (Size size : List.of(new Size(1_280, 720), new Size(640, 360), new Size(320, 180))) {
      if (size.width() < stream.width()) {
        sizes.add(size);
      }
    }
    return sizes;
  }

  /**
   * Checks settings.
   *
   * @throws SoapFault ConfigModify if an encoder cannot be set so
   */
  static void check(Encoder encoder, Encoder.Settings wanted) {
    boolean fine =
        sizes(encoder.stream()).contains(new Size(wanted.width(), wanted.height()))
            && wanted.frameRate() > 0
            && wanted.frameRate() <= MAX_FRAME_RATE
            && wanted.bitrateKbps() >= MIN_KBPS
            && wanted.bitrateKbps() <= MAX_KBPS
            && wanted.govLength() >= 1
            && wanted.govLength() <= MAX_GOV
            && wanted.quality() >= MIN_QUALITY
            && wanted.quality() <= MAX_QUALITY;
    if (!fine) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:ConfigModify", "cannot be set so");
    }
  }
}
