package kg.sakchy.core.live;

import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;

/**
 * Codes recorded pictures anew, as H.264, for a viewer who cannot play them as they are. The
 * recording is not touched.
 *
 * <p>Threads: safe for use by many threads.
 */
@FunctionalInterface
public interface ArchiveTranscoder {
  /** For a server that does not transcode. */
  ArchiveTranscoder NONE =
      format -> {
        throw new VmsException(
            ErrorKind.UNSUPPORTED,
            "the recording is "
                + format.codec()
                + ", which you cannot play, and nothing is transcoded here");
      };

  /**
   * Begins with a run of pictures.
   *
   * @param format of what will be pushed
   * @throws VmsException RESOURCE_EXHAUSTED when as many are made as may be; UNSUPPORTED when the
   *     pictures cannot be decoded
   */
  Coding open(TrackFormat.Video format);

  /**
   * One run of pictures for one viewer.
   *
   * <p>Threads: one at a time. {@link #push} blocks its caller while a thread of the transcoder
   * computes.
   */
  interface Coding extends AutoCloseable {
    /**
     * Takes a picture, in decoding order.
     *
     * @param sample see {@link kg.sakchy.core.stream.AccessUnit#data}; not kept
     * @param pts its presentation time, which comes back with what is made of it
     * @param keyFrame whether decoding can begin with it
     * @param keyWanted whether what is made next must be a key frame
     * @return what could be made by now, in order; a decoder may hold pictures back for their order
     * @throws VmsException DATA_LOSS when it cannot be decoded; UNAVAILABLE when the server stops
     */
    List<Coded> push(byte[] sample, long pts, boolean keyFrame, boolean keyWanted);

    /** Ends it; what is held back is dropped. Idempotent. */
    @Override
    void close();
  }

  /**
   * A picture that was made; decoded in the order in which it is shown.
   *
   * @param format of it
   * @param pts presentation time of the picture it was made of
   * @param keyFrame whether decoding can begin with it
   * @param data the MP4 sample
   */
  @SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
  record Coded(TrackFormat.Video format, long pts, boolean keyFrame, byte[] data) {}
}
