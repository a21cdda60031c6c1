package kg.sakchy.web.live;

/**
 * How much viewers may take.
 *
 * @param viewers media sockets at a time
 * @param viewersOfOne media sockets of one client at a time
 * @param reads viewers that read from the archive at the same moment; more wait for their turn
 */
public record MediaLimits(int viewers, int viewersOfOne, int reads) {
  public static final MediaLimits DEFAULTS = new MediaLimits(256, 128, 16);
}
