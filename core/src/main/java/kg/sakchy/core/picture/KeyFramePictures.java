package kg.sakchy.core.picture;

import kg.sakchy.core.stream.TrackFormat;

/**
 * Makes stills.
 *
 * <p>Threads: safe for use by many threads; calls block while a bounded pool decodes.
 */
public interface KeyFramePictures {
  /**
   * Decodes one key frame to JPEG.
   *
   * @param format of the track
   * @param sample the key frame, as {@link kg.sakchy.core.stream.AccessUnit#data()}
   * @param maxWidth the picture is made smaller, never larger, to fit; 0 for its own size
   * @return a JFIF file
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS when it cannot be decoded, UNSUPPORTED
   *     without a decoder, RESOURCE_EXHAUSTED when too many wait
   */
  byte[] jpeg(TrackFormat.Video format, byte[] sample, int maxWidth);
}
