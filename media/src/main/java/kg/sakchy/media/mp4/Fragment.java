package kg.sakchy.media.mp4;

import java.util.List;

/**
 * One {@code moof} and one {@code mdat}, in pieces that lie one behind the other: the boxes' own
 * bytes, then the samples as they were given, which nobody has copied.
 *
 * @param pieces what to write, in order; nobody changes them
 * @param sizeBytes of all pieces
 */
public record Fragment(List<byte[]> pieces, int sizeBytes) {
  /** Nothing at all. */
  public static final Fragment EMPTY = new Fragment(List.of(), 0);

  /** A copy in one piece. */
  public byte[] toByteArray() {
    byte[] whole = new byte[sizeBytes];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }
}
