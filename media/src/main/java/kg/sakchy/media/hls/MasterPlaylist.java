package kg.sakchy.media.hls;

import java.util.List;

/**
 * A Multivariant Playlist (RFC 8216bis §4.4.6): the streams of a camera to choose from.
 *
 * @param variants the best first
 */
public record MasterPlaylist(List<Variant> variants) {
  public MasterPlaylist {
    variants = List.copyOf(variants);
  }

  /**
   * One stream of the camera (§4.4.6.2).
   *
   * @param uri address of its Media Playlist, relative to this one
   * @param bitsPerSecond peak bit rate
   * @param codecs RFC 6381 strings with commas between
   * @param width luma samples
   * @param height luma samples
   */
  public record Variant(String uri, long bitsPerSecond, String codecs, int width, int height) {}

  /** Its text. */
  public String text() {
    StringBuilder out =
        new StringBuilder("#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    for (Variant variant : variants) {
      out.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(variant.bitsPerSecond());
      out.append(",CODECS=\"").append(variant.codecs());
      out.append("\",RESOLUTION=").append(variant.width()).append('x').append(variant.height());
      out.append('\n').append(variant.uri()).append('\n');
    }
    return out.toString();
  }
}
