package kg.sakchy.media.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whether bytes at some place begin a message or a frame. */
enum StartMatch {
  YES,
  NO,
  /** They may; more bytes are needed to tell. */
  UNSURE;

  private static final int FRAME_PREFIX = RtspWriter.FRAME_PREFIX_BYTES;

  /**
   * While searching, longer frames are not believed: waiting for the end of a false one costs too
   * much, and a true shorter one follows soon.
   */
  private static final int LONGEST_SEARCHED = 16_384;

  /** The smallest RTCP packet is one word. */
  private static final int SHORTEST_SEARCHED = 4;

  private static final byte[][] STARTS =
      bytes(
          "RTSP/1.",
          "OPTIONS ",
          "DESCRIBE ",
          "SETUP ",
          "PLAY ",
          "PAUSE ",
          "TEARDOWN ",
          "GET_PARAMETER ",
          "SET_PARAMETER ",
          "ANNOUNCE ",
          "RECORD ",
          "REDIRECT ");

  private static byte[][] bytes(String... texts) {
    byte[][] bytes = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      bytes[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  /** Whether a message begins at {@code index}. */
  static StartMatch message(ByteBuffer bytes, int index) {
    StartMatch best = NO;
    for (byte[] start : STARTS) {
      int visible = Math.min(start.length, bytes.limit() - index);
      int same = 0;
      while (same < visible && bytes.get(index + same) == start[same]) {
        same++;
      }
      if (same == start.length) {
        return YES;
      }
      if (same == visible) {
        best = UNSURE;
      }
    }
    return best;
  }

  /** Whether what follows a frame can be right; one byte is enough to catch most of what is not. */
  static boolean canFollowFrame(byte next) {
    return next == '$' || next == '\r' || next == '\n' || (next >= 'A' && next <= 'Z');
  }

  /**
   * Whether an RTP or RTCP frame begins at {@code index}, and the bytes behind it begin something
   * too, or are not there yet.
   *
   * @param channels frames on this channel and above are not believed
   */
  static StartMatch frame(ByteBuffer bytes, int index, int channels) {
    int visible = bytes.limit() - index;
    if (bytes.get(index) != '$' || (visible > 1 && channel(bytes, index) >= channels)) {
      return NO;
    }
    if (visible <= FRAME_PREFIX) {
      return UNSURE;
    }
    int size = frameSize(bytes, index);
    if (size < SHORTEST_SEARCHED
        || size > LONGEST_SEARCHED
        || (bytes.get(index + FRAME_PREFIX) & 0xc0) != 0x80) {
      return NO;
    }
    int end = index + FRAME_PREFIX + size;
    if (end > bytes.limit()) {
      return UNSURE;
    }
    return end == bytes.limit() || beginsAnything(bytes, end, channels) ? YES : NO;
  }

  /** Whether two frames in a row lie somewhere between {@code from} and {@code to}. */
  static boolean hidesFrames(ByteBuffer bytes, int from, int to, int channels) {
    for (int i = from; i + FRAME_PREFIX < to; i++) {
      if (bytes.get(i) == '$' && frame(bytes, i, channels) == YES) {
        int next = i + FRAME_PREFIX + frameSize(bytes, i);
        if (next + 1 < bytes.limit() && bytes.get(next) == '$' && channel(bytes, next) < channels) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean beginsAnything(ByteBuffer bytes, int index, int channels) {
    byte first = bytes.get(index);
    return first == '\r'
        || first == '\n'
        || (first == '$' && (index + 1 == bytes.limit() || channel(bytes, index) < channels))
        || message(bytes, index) != NO;
  }

  private static int channel(ByteBuffer bytes, int index) {
    return bytes.get(index + 1) & 0xff;
  }

  /** Payload size of the frame whose whole prefix stands at {@code index}. */
  static int frameSize(ByteBuffer bytes, int index) {
    return ((bytes.get(index + 2) & 0xff) << 8) | (bytes.get(index + 3) & 0xff);
  }
}
