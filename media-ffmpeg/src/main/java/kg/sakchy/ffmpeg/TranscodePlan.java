package kg.sakchy.ffmpeg;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;

/**
 * What of a stream is coded anew; the rest passes as it is.
 *
 * @param pictures to H.264
 * @param sound to AAC
 */
record TranscodePlan(boolean pictures, boolean sound) {
  /**
   * What a viewer needs.
   *
   * @throws VmsException UNSUPPORTED when it plays nothing that can be made
   */
  static TranscodePlan of(StreamFormat format, PlayableCodecs playable) {
    boolean pictures = !playable.plays(format);
    if (pictures && !playable.plays(Codec.H264)) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED,
          "you play neither " + format.video().codec() + " nor what it can be made into, H.264");
    }
    boolean sound =
        playable.plays(Codec.AAC)
            && format
                .audio()
                .filter(audio -> !playable.plays(audio.codec()))
                .filter(audio -> isTelephone(audio.codec()))
                .isPresent();
    return new TranscodePlan(pictures, sound);
  }

  static boolean isTelephone(Codec codec) {
    return codec == Codec.G711_ALAW || codec == Codec.G711_ULAW;
  }
}
