package kg.sakchy.media.codec;

import org.jspecify.annotations.Nullable;

/**
 * What {@link VideoAssembler} must know of a codec: looks at the NAL units of one access unit after
 * another and remembers the parameter sets among them.
 *
 * <p>Threads: confined to one.
 */
public interface UnitInspector {
  /** Looks at the next whole NAL unit of the access unit; never throws for what is in it. */
  void nal(byte[] data, int offset, int length);

  /** Whether the access unit has a slice of a picture so far. */
  boolean hasPicture();

  /** Whether decoding can begin at the access unit. */
  boolean isKeyFrame();

  /** The next NAL unit belongs to another access unit. */
  void nextUnit();

  /**
   * What the parameter sets known by now say, or null as long as one is missing. The same object
   * until they change.
   */
  @Nullable VideoParameters parameters();

  /** Whether a NAL unit can only stand before all slices of a picture, or is its first slice. */
  boolean beginsUnit(byte[] data, int offset, int length);

  /**
   * Whether senders are known to put more NAL units behind one with this first byte, with start
   * codes between them.
   */
  boolean mayHoldMore(int firstByte);

  /** Whether a start code followed by this byte inside a NAL unit is one, and not damage. */
  boolean isLikelyHeader(int firstByte);
}
