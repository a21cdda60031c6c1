package kg.sakchy.media.mp4;

import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.unit.Bytes;

/** A stretch of the bytes of a planned file. */
public sealed interface RangePiece {
  /** How many bytes of the file it is; over 0. */
  long length();

  /**
   * Bytes made for the file: {@code ftyp}, {@code moov}, {@code sidx}.
   *
   * @param bytes in the order of the file
   */
  record Made(Bytes bytes) implements RangePiece {
    @Override
    public long length() {
      return bytes.size();
    }
  }

  /**
   * Bytes of a segment object.
   *
   * @param segment whose
   * @param boxOffset offset in the object of the key frame's {@code moof} at or before {@code
   *     offset}: decode times can only be changed by who reads from there
   * @param boxEnd offset of the key frame's {@code moof} at or after the last byte wanted, or the
   *     end of the segment: for the same reason, reading ends there at the earliest
   * @param offset offset in the object of the first byte wanted
   * @param length how many
   * @param shift for their decode times
   */
  record Media(
      Segment segment, long boxOffset, long boxEnd, long offset, long length, TfdtShift shift)
      implements RangePiece {}
}
