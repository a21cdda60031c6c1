package kg.sakchy.media.hls;

/**
 * A Partial Segment (RFC 8216bis §4.4.4.9): a piece of a Media Segment, there before the whole.
 *
 * @param name its address
 * @param ticks its length, 90 kHz
 * @param independent whether it holds a key frame (the attribute INDEPENDENT)
 */
public record HlsPart(MediaName.Part name, long ticks, boolean independent) {}
