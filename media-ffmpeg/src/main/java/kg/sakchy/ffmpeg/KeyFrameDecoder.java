package kg.sakchy.ffmpeg;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Decodes one key frame: the owner of a decoder and of the picture it made. */
final class KeyFrameDecoder implements AutoCloseable {
  private final VideoDecoder decoder;

  /**
   * @throws VmsException UNSUPPORTED without a decoder, INVALID_ARGUMENT when the configuration
   *     cannot be right
   */
  KeyFrameDecoder(TrackFormat.Video format) {
    decoder = new VideoDecoder(format);
  }

  /**
   * Decodes the sample; for once only.
   *
   * @return the picture, which stays this decoder's
   * @throws VmsException DATA_LOSS when the sample makes no picture
   */
  AVFrame decode(byte[] sample) {
    decoder.send(sample, 0, true);
    decoder.end(); // nothing follows: no waiting
    if (!decoder.receive()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the key frame cannot be decoded");
    }
    return decoder.picture();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
