package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The life of an access unit, the same for H.264 and H.265: gathers NAL units, ends the unit, drops
 * it if it is damaged, begins runs, and times what is delivered.
 *
 * <p>A unit ends with the marker bit, or when RTP time changes (the marker may be missing).
 * Tolerated, because cameras do it:
 *
 * <ul>
 *   <li>a marker bit, or another RTP time, after parameter sets or SEI alone: they go to the
 *       picture that follows;
 *   <li>a marker bit on every slice: seen once, the marker is no longer believed, and units end
 *       with their time (the picture that showed it is lost);
 *   <li>start codes before a NAL unit, and between parameter sets packed into one.
 * </ul>
 *
 * <p>After a hole, a unit is believed whole only if it begins with something that precedes every
 * slice. The first unit of all is judged the same way, but is not counted as lost: we came in the
 * middle of it. A key frame with a changed configuration begins a run. So does the key frame after
 * a picture whose time cannot be written with the reorder depth in use: the depth grows to what the
 * picture needed, and pictures until that key frame are lost.
 *
 * <p>Calls for each packet: {@link #beginPacket}; then for each NAL unit or fragment {@link
 * #beginNal}, {@link #append}, {@link #endNal}, or {@link #damage}; then {@link #endPacket}.
 *
 * <p>Threads: confined to one.
 */
public final class VideoAssembler {
  /** Frame duration assumed for the first decoding times of a run where none is announced. */
  private static final long DEFAULT_FRAME_TICKS = 3_600;

  private static final String OUT_OF_ORDER =
      "pictures in an order that the parameter sets do not announce";
  private static final String TIME_WENT_BACK = "RTP time went back";

  private final UnitInspector inspector;
  private final SampleBuffer buffer = new SampleBuffer(SampleBuffer.MAX_SAMPLE_BYTES);
  private final LossTally losses = new LossTally();

  // The unit being gathered.
  private int packets;
  private long ticks;
  private boolean uncertainStart;
  private @Nullable String damage;
  private boolean nalOpen;
  private int nalStart;

  // The stream so far.
  private boolean markerBelieved = true;
  private boolean anyClosed;
  private long closedTicks;
  private int depthSeen;
  private @Nullable VideoParameters running;
  private @Nullable DecodeOrder order;
  private @Nullable String waitingBecause;

  /**
   * @param parameterSets NAL units known beforehand, from the session description
   */
  public VideoAssembler(UnitInspector inspector, List<Bytes> parameterSets) {
    this.inspector = inspector;
    for (Bytes set : parameterSets) {
      if (!set.isEmpty()) {
        inspector.nal(set.toByteArray(), 0, set.size());
      }
    }
    inspector.nextUnit();
  }

  /** A packet begins; see {@link Depacketizer#push}. */
  public void beginPacket(long packetTicks, int lostBefore, Depacketizer.Output out) {
    if (lostBefore > 0) {
      losses.missing(lostBefore);
      if (packets > 0) {
        damage("an access unit with a hole");
      }
    }
    if (packets > 0 && packetTicks != ticks) {
      timeChanged(out);
    }
    if (packets == 0) {
      uncertainStart = lostBefore > 0 || !anyClosed;
    }
    ticks = packetTicks;
    packets++;
  }

  /** Whether the last NAL unit was begun and not ended. */
  public boolean isNalOpen() {
    return nalOpen;
  }

  public void beginNal() {
    nalStart = buffer.size();
    nalOpen = true;
    for (int i = 0; i < NalUnits.LENGTH_BYTES; i++) {
      append(0);
    }
  }

  /** Appends one byte to the open NAL unit. */
  public void append(int value) {
    if (damage == null && !buffer.append(value)) {
      tooLarge();
    }
  }

  /** Appends a range of a payload, by absolute index, to the open NAL unit. */
  public void append(ByteBuffer payload, int offset, int length) {
    if (damage == null && !buffer.append(payload, offset, length)) {
      tooLarge();
    }
  }

  /** The open NAL unit is whole. */
  public void endNal() {
    nalOpen = false;
    if (damage != null) {
      return;
    }
    int begin = nalStart + NalUnits.LENGTH_BYTES;
    byte[] data = buffer.array();
    boolean leadingCode =
        buffer.size() - begin >= 3
            && data[begin] == 0
            && data[begin + 1] == 0
            && NalUnits.indexOfStartCode(data, begin, Math.min(begin + 4, buffer.size())) >= 0;
    if (leadingCode || (buffer.size() > begin && inspector.mayHoldMore(data[begin] & 0xff))) {
      closeSplit(leadingCode);
    } else {
      closeNal(buffer.size());
    }
  }

  /** A whole NAL unit. */
  public void nal(ByteBuffer payload, int offset, int length) {
    beginNal();
    append(payload, offset, length);
    endNal();
  }

  /** The unit being gathered is broken; it will be dropped. */
  public void damage(String reason) {
    nalOpen = false;
    if (damage == null) {
      damage = reason;
    }
  }

  /** A packet that is of no use and damages nothing. */
  public void ignorePacket(String reason) {
    losses.discarded(1, reason);
    packets--;
  }

  /** The packet is read. */
  public void endPacket(boolean marker, Depacketizer.Output out) {
    if (!marker || packets == 0) {
      return;
    }
    if (nalOpen) {
      endNal(); // Some senders leave out the end bit of the last fragment.
    }
    if (damage != null || (markerBelieved && inspector.hasPicture())) {
      closeUnit(out);
    }
  }

  /** Drops what is unfinished: without its end nobody knows whether it is whole. */
  public void flush(Depacketizer.Output out) {
    if (packets > 0) {
      damage("an access unit cut off by the end of the stream");
      closeUnit(out);
    }
    losses.report(out);
  }

  private void timeChanged(Depacketizer.Output out) {
    if (nalOpen) {
      damage("a fragmented NAL unit without its end");
    }
    if (damage != null || inspector.hasPicture()) {
      closeUnit(out);
    }
  }

  private void closeUnit(Depacketizer.Output out) {
    boolean firstOfAll = !anyClosed;
    boolean again = anyClosed && ticks == closedTicks;
    anyClosed = true;
    closedTicks = ticks;
    if (damage != null) {
      if (!firstOfAll) {
        losses.discarded(packets, damage);
      }
      losses.report(out);
    } else if (!inspector.hasPicture()) {
      losses.discarded(packets, "parameter sets without a picture");
    } else if (again) {
      markerBelieved = false;
      losses.discarded(packets, "a marker bit in the middle of a picture");
    } else {
      deliver(out);
    }
    packets = 0;
    damage = null;
    nalOpen = false;
    buffer.clear();
    inspector.nextUnit();
  }

  private void deliver(Depacketizer.Output out) {
    boolean keyFrame = inspector.isKeyFrame();
    DecodeOrder timed = keyFrame ? orderAtKeyFrame(out) : orderAtPicture();
    if (timed != null) {
      long dts = timed.next(ticks);
      losses.report(out);
      out.sample(ticks, dts, keyFrame, buffer.toSample());
    }
  }

  /** The order of the run that the key frame continues or begins. */
  private @Nullable DecodeOrder orderAtKeyFrame(Depacketizer.Output out) {
    VideoParameters now = inspector.parameters();
    if (now == null) {
      losses.discarded(packets, "a key frame before its parameter sets");
      order = null;
      return null;
    }
    DecodeOrder current = order;
    if (current != null && running != null && running.format().equals(now.format())) {
      if (current.accepts(ticks)) {
        return current;
      }
      growDepth(current);
    }
    running = now;
    waitingBecause = null;
    long frameTicks = now.frameTicks() > 0 ? now.frameTicks() : DEFAULT_FRAME_TICKS;
    order = new DecodeOrder(Math.max(now.reorderDepth(), depthSeen), frameTicks);
    losses.report(out);
    out.format(now.format());
    return order;
  }

  /** The order of the run that the picture continues, or null if it cannot be delivered. */
  private @Nullable DecodeOrder orderAtPicture() {
    DecodeOrder current = order;
    if (current == null) {
      if (waitingBecause != null) {
        losses.discarded(packets, waitingBecause);
      }
      return null;
    }
    if (current.accepts(ticks)) {
      return current;
    }
    if (isLeading(current)) {
      return null;
    }
    waitingBecause = growDepth(current) ? OUT_OF_ORDER : TIME_WENT_BACK;
    losses.discarded(packets, waitingBecause);
    order = null;
    return null;
  }

  /** Shown before the first key frame of the run, and sent directly after it. */
  private boolean isLeading(DecodeOrder current) {
    return current.count() == 1
        && ticks < current.first()
        && current.first() - ticks <= VideoParameters.CLOCK_RATE;
  }

  /** Learns from a picture that the order did not accept; false if it is no matter of depth. */
  private boolean growDepth(DecodeOrder current) {
    int needed = current.depthNeeded(ticks);
    boolean reordering = needed > 0 && needed <= DecodeOrder.MAX_DEPTH;
    if (reordering) {
      depthSeen = Math.max(depthSeen, needed);
    }
    return reordering;
  }

  private void tooLarge() {
    damage("an access unit over " + (SampleBuffer.MAX_SAMPLE_BYTES >> 20) + " MiB");
  }

  /** Closes the NAL unit from {@link #nalStart} to {@code end}; an empty one vanishes. */
  private void closeNal(int end) {
    int begin = nalStart + NalUnits.LENGTH_BYTES;
    int length = end - begin;
    if (length <= 0) {
      buffer.truncate(nalStart);
      return;
    }
    if (uncertainStart) {
      uncertainStart = false;
      if (!inspector.beginsUnit(buffer.array(), begin, length)) {
        damage("an access unit without its beginning");
        return;
      }
    }
    buffer.putInt(nalStart, length);
    inspector.nal(buffer.array(), begin, length);
  }

  /** Closes NAL units between start codes, putting lengths in place of the codes. */
  private void closeSplit(boolean leadingCode) {
    boolean expected = leadingCode;
    int searchFrom = nalStart + NalUnits.LENGTH_BYTES;
    while (damage == null) {
      byte[] data = buffer.array();
      int begin = nalStart + NalUnits.LENGTH_BYTES;
      int code = NalUnits.indexOfStartCode(data, searchFrom, buffer.size());
      if (code < 0) {
        closeNal(buffer.size());
        return;
      }
      int next = code + 3;
      if (!expected && (next == buffer.size() || !inspector.isLikelyHeader(data[next] & 0xff))) {
        searchFrom = next;
        continue;
      }
      expected = false;
      int end = NalUnits.withoutZeros(data, begin, code);
      int nextStart = end > begin ? end : nalStart;
      if (!buffer.moveTail(next, nextStart + NalUnits.LENGTH_BYTES)) {
        tooLarge();
        return;
      }
      if (end > begin) {
        closeNal(end);
      }
      nalStart = nextStart;
      searchFrom = nalStart + NalUnits.LENGTH_BYTES;
      if (searchFrom < buffer.size() && !inspector.mayHoldMore(buffer.array()[searchFrom] & 0xff)) {
        closeNal(buffer.size());
        return;
      }
    }
  }
}
