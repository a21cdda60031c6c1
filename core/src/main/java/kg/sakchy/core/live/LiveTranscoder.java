package kg.sakchy.core.live;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.StreamFormat;

/**
 * Codes live streams anew for viewers who cannot play them: pictures become H.264, G.711 becomes
 * AAC. What can be played stays byte for byte as it came.
 *
 * <p>Threads: safe for use by many threads; nothing here blocks.
 */
public interface LiveTranscoder {
  /** For a server that does not transcode. */
  LiveTranscoder NONE =
      (source, format, playable) -> {
        source.close();
        throw new VmsException(
            ErrorKind.UNSUPPORTED,
            "the camera sends "
                + format.video().codec()
                + ", which you cannot play, and nothing is transcoded here");
      };

  /**
   * A stream the viewer can play, made of one it cannot. Viewers of the same stream with the same
   * needs share one; it ends with the last of them.
   *
   * @param source taken over: closed with the stream made of it, or at once if there is none
   * @param format of the source now
   * @param playable what the viewer plays
   * @throws VmsException RESOURCE_EXHAUSTED when as many are made as may be; UNSUPPORTED when the
   *     viewer plays nothing that can be made
   */
  LiveViews.LiveView open(LiveViews.LiveView source, StreamFormat format, PlayableCodecs playable);
}
