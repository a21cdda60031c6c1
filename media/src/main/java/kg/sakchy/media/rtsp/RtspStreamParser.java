package kg.sakchy.media.rtsp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Splits the bytes of one RTSP connection into messages and interleaved frames (RFC 2326 §10.12).
 *
 * <pre>
 * +---------+---------+---------+---------+----------------------+
 * | $, 0x24 | channel |  size, big-endian |    size bytes        |
 * +---------+---------+---------+---------+----------------------+
 * </pre>
 *
 * <p>A frame that lies whole in the input is handed on in place: no copy, no allocation. A frame or
 * message cut by the end of the input is kept until the rest comes; that costs one copy.
 *
 * <p>Tolerated: line breaks between items; lines that end with LF alone; and garbage between items
 * or a wrong size, after which the parser searches for the next message or for a frame whose
 * channel, size, RTP version and successor are right. What it skips it counts. A frame with a wrong
 * size is dropped if whole frames hide in it, so that its neighbours are not lost with it.
 *
 * <p>Memory: a message within {@link RtspLimits}, and one frame (65,539 bytes). Threads: confined
 * to one. Fails: {@link VmsException} with DATA_LOSS over a limit, UNSUPPORTED if the peer speaks
 * HTTP; the connection must be closed then.
 */
public final class RtspStreamParser {
  private static final int FRAME_PREFIX = RtspWriter.FRAME_PREFIX_BYTES;
  private static final int SEARCH_STEP = 4_096;

  private final RtspLimits limits;
  private final RtspMessageAssembler assembler;
  private int channels = 256;
  private State state = State.BETWEEN;

  /** A frame cut by the end of the input, or while searching, what may begin one. */
  private byte[] carry = new byte[2_048];

  private int carried;

  /** Bytes already taken that are to be read anew, before the rest of the input. */
  private @Nullable ByteBuffer replay;

  /**
   * Size of the largest frame handed on; one that is larger and has no successor yet is searched.
   */
  private int largestFrame;

  private int skipped;
  private int skippedInARow;

  /** What the next byte belongs to. */
  private enum State {
    /** Nothing yet: an item begins. */
    BETWEEN,
    /** A frame whose beginning is carried. */
    FRAME,
    /** A message whose beginning the assembler holds. */
    MESSAGE,
    /** Unknown; what is carried, if anything, may begin an item. */
    SEARCHING
  }

  /** Receives the items in the order of the stream. */
  public interface Sink {
    /**
     * A frame.
     *
     * @param channel 0 to 255
     * @param payload from position to limit; valid only during the call
     */
    void interleaved(int channel, ByteBuffer payload);

    /** A request or response; the receiver owns it. */
    void message(RtspMessage message);

    /**
     * Bytes were skipped that belong to no item. Called before the next item, and at the end of
     * each input.
     */
    void garbage(int bytes);
  }

  public RtspStreamParser(RtspLimits limits) {
    this.limits = limits;
    this.assembler = new RtspMessageAssembler(limits);
  }

  /**
   * Says which channels can occur, which makes finding the way back after garbage surer. Frames in
   * their proper place are handed on whatever their channel.
   *
   * @param count channels 0 to {@code count - 1} were agreed on, 1 to 256
   */
  public void expectChannels(int count) {
    if (count < 1 || count > 256) {
      throw new IllegalArgumentException("channels " + count);
    }
    channels = count;
  }

  /**
   * Takes the next bytes of the connection, all of them.
   *
   * @param in from position to limit; the position ends at the limit, also if the sink throws
   */
  public void feed(ByteBuffer in, Sink sink) {
    int end = in.limit();
    try {
      while (true) {
        ByteBuffer source = replay;
        if (source != null && !source.hasRemaining()) {
          replay = null;
          continue;
        }
        if (source == null) {
          source = in;
        }
        if (!source.hasRemaining()) {
          break;
        }
        step(source, sink);
      }
      reportSkipped(sink);
    } finally {
      in.limit(end).position(end);
    }
  }

  private void step(ByteBuffer source, Sink sink) {
    switch (state) {
      case BETWEEN -> between(source, sink);
      case FRAME -> carriedFrame(source, sink);
      case MESSAGE -> message(source, sink);
      case SEARCHING -> search(source);
    }
  }

  private void between(ByteBuffer source, Sink sink) {
    int start = source.position();
    switch (source.get(start)) {
      case '$' -> frame(source, start, sink);
      case '\r', '\n' -> source.position(start + 1);
      default -> {
        if (StartMatch.message(source, start) != StartMatch.NO) {
          state = State.MESSAGE;
        } else {
          refuseHttp(source, start);
          state = State.SEARCHING;
        }
      }
    }
  }

  private void frame(ByteBuffer source, int start, Sink sink) {
    int visible = source.remaining();
    if (visible < FRAME_PREFIX || visible < FRAME_PREFIX + StartMatch.frameSize(source, start)) {
      carry(source, visible);
      state = State.FRAME;
      return;
    }
    int end = start + FRAME_PREFIX + StartMatch.frameSize(source, start);
    boolean doubtful =
        end < source.limit()
            ? !StartMatch.canFollowFrame(source.get(end))
            : end - start > largestFrame;
    if (doubtful && StartMatch.hidesFrames(source, start + FRAME_PREFIX, end, channels)) {
      source.position(start + 1);
      skip(1);
      state = State.SEARCHING;
      return;
    }
    int limit = source.limit();
    source.limit(end).position(start + FRAME_PREFIX);
    int channel = source.get(start + 1) & 0xff;
    try {
      handOn(channel, source, sink);
    } finally {
      source.limit(limit).position(end);
    }
  }

  private void handOn(int channel, ByteBuffer payload, Sink sink) {
    reportSkipped(sink);
    skippedInARow = 0;
    largestFrame = Math.max(largestFrame, FRAME_PREFIX + payload.remaining());
    sink.interleaved(channel, payload);
  }

  private void carriedFrame(ByteBuffer source, Sink sink) {
    if (carried < FRAME_PREFIX) {
      carry(source, Math.min(source.remaining(), FRAME_PREFIX - carried));
      if (carried < FRAME_PREFIX) {
        return;
      }
    }
    ByteBuffer whole = ByteBuffer.wrap(carry);
    int size = FRAME_PREFIX + StartMatch.frameSize(whole, 0);
    carry(source, Math.min(source.remaining(), size - carried));
    if (carried < size) {
      return;
    }
    whole = ByteBuffer.wrap(carry, 0, carried);
    carried = 0;
    state = State.BETWEEN;
    boolean doubtful =
        source.hasRemaining()
            ? !StartMatch.canFollowFrame(source.get(source.position()))
            : size > largestFrame;
    if (doubtful && StartMatch.hidesFrames(whole, FRAME_PREFIX, size, channels)) {
      skip(1);
      readAnew(Arrays.copyOfRange(carry, 1, size));
      state = State.SEARCHING;
      return;
    }
    handOn(carry[1] & 0xff, whole.position(FRAME_PREFIX), sink);
  }

  private void message(ByteBuffer source, Sink sink) {
    switch (assembler.take(source)) {
      case MORE -> {}
      case NOT_A_MESSAGE -> {
        byte[] taken = assembler.abandon();
        skip(1);
        readAnew(Arrays.copyOfRange(taken, 1, taken.length));
        state = State.SEARCHING;
      }
      case COMPLETE -> {
        state = State.BETWEEN;
        reportSkipped(sink);
        skippedInARow = 0;
        sink.message(assembler.complete());
      }
    }
  }

  /** Looks for the next start; stops in front of it, or carries what needs more bytes to tell. */
  private void search(ByteBuffer source) {
    if (carried > 0) {
      searchCarried(source);
      return;
    }
    int start = source.position();
    for (int i = start; i < source.limit(); i++) {
      switch (startAt(source, i)) {
        case NO -> {}
        case YES -> {
          source.position(i);
          skip(i - start);
          state = State.BETWEEN;
          return;
        }
        case UNSURE -> {
          source.position(i);
          skip(i - start);
          carry(source, source.remaining());
          return;
        }
      }
    }
    skip(source.remaining());
    source.position(source.limit());
  }

  private void searchCarried(ByteBuffer source) {
    carry(source, Math.min(source.remaining(), SEARCH_STEP));
    ByteBuffer known = ByteBuffer.wrap(carry, 0, carried);
    StartMatch match = startAt(known, 0);
    if (match == StartMatch.UNSURE) {
      return;
    }
    int from = match == StartMatch.YES ? 0 : 1;
    skip(from);
    byte[] again = Arrays.copyOfRange(carry, from, carried);
    carried = 0;
    readAnew(again);
    state = match == StartMatch.YES ? State.BETWEEN : State.SEARCHING;
  }

  private StartMatch startAt(ByteBuffer bytes, int index) {
    byte first = bytes.get(index);
    if (first == '$') {
      return StartMatch.frame(bytes, index, channels);
    }
    return first >= 'A' && first <= 'Z' ? StartMatch.message(bytes, index) : StartMatch.NO;
  }

  /** Puts bytes in front of what is left of those that are being read anew already. */
  private void readAnew(byte[] bytes) {
    ByteBuffer rest = replay;
    if (rest == null || !rest.hasRemaining()) {
      replay = ByteBuffer.wrap(bytes);
      return;
    }
    byte[] both = Arrays.copyOf(bytes, bytes.length + rest.remaining());
    rest.get(both, bytes.length, rest.remaining());
    replay = ByteBuffer.wrap(both);
  }

  private void carry(ByteBuffer source, int count) {
    if (carry.length < carried + count) {
      carry = Arrays.copyOf(carry, Math.max(carried + count, 2 * carry.length));
    }
    source.get(carry, carried, count);
    carried += count;
  }

  private void skip(int count) {
    skipped += count;
    skippedInARow += count;
    if (skippedInARow > limits.garbage()) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "over " + limits.garbage() + " bytes that are neither RTSP nor RTP");
    }
  }

  private void reportSkipped(Sink sink) {
    if (skipped > 0) {
      int count = skipped;
      skipped = 0;
      sink.garbage(count);
    }
  }

  /** A web server on the port of a camera is a common mistake, worth a clear word. */
  private static void refuseHttp(ByteBuffer source, int start) {
    String http = "HTTP/1.";
    for (int i = 0; i < http.length(); i++) {
      if (start + i >= source.limit() || source.get(start + i) != http.charAt(i)) {
        return;
      }
    }
    throw new VmsException(ErrorKind.UNSUPPORTED, "the peer speaks HTTP, not RTSP");
  }
}
