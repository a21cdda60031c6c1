package kg.sakchy.media.rtsp;

/**
 * What a peer may make a {@link RtspStreamParser} hold or skip, in bytes. Over a limit the
 * connection is beyond repair.
 *
 * @param line longest line of a message's head
 * @param head longest head: first line and header fields
 * @param body longest body
 * @param garbage most bytes in one stretch that belong to no message and no frame
 */
public record RtspLimits(int line, int head, int body, int garbage) {
  /** Roomy for every camera seen: heads are below 2 KB, bodies below 16 KB. */
  public static final RtspLimits DEFAULTS = new RtspLimits(8_192, 32_768, 262_144, 1_048_576);

  public RtspLimits {
    if (line < 16 || head < line || body < 0 || garbage < 0) {
      throw new IllegalArgumentException("limits that no message can keep");
    }
  }
}
