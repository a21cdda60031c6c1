package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Splits samples of NAL units into packets, the same for H.264 and H.265: neighbours that fit into
 * one packet together are aggregated, what fits alone is sent as it is, what does not is
 * fragmented. The order of the NAL units is kept.
 *
 * <p>Threads: confined to one.
 */
public final class NalPacketizer {
  private final RtpPacketWriter writer;
  private final Framing framing;

  // Neighbours not sent yet: a range of the sample, lengths included.
  private int pendingFrom;
  private int pendingTo;
  private int pendingCount;

  public NalPacketizer(RtpPacketWriter writer, Framing framing) {
    this.writer = writer;
    this.framing = framing;
  }

  /** The bytes that differ between the codecs. */
  public interface Framing {
    /** Bytes of the NAL header, and of the header of an aggregate. */
    int nalHeaderBytes();

    /**
     * Writes the payload header of an aggregate.
     *
     * @param sample NAL units with their lengths, from {@code from} to {@code to}
     */
    void aggregateHeader(ByteBuffer packet, byte[] sample, int from, int to);

    /**
     * Writes the payload and fragment header, one byte more than {@link #nalHeaderBytes}.
     *
     * @param nal where the NAL unit begins in the sample
     */
    void fragmentHeader(ByteBuffer packet, byte[] sample, int nal, boolean start, boolean end);
  }

  /** See {@link Packetizer#packetize}. */
  public void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out) {
    pendingCount = 0;
    NalUnits.forEach(sample, (data, offset, length) -> nal(pts, data, offset, length, out));
    flush(pts, sample, true, out);
  }

  private void nal(long pts, byte[] sample, int offset, int length, Consumer<ByteBuffer> out) {
    boolean last = offset + length == sample.length;
    int start = offset - NalUnits.LENGTH_BYTES;
    if (pendingCount > 0 && aggregateBytes(offset + length) > writer.maxPayload()) {
      flush(pts, sample, false, out);
    }
    if (length > writer.maxPayload()) {
      fragments(pts, sample, offset, length, last, out);
      return;
    }
    if (pendingCount == 0 || start != pendingTo) {
      flush(pts, sample, false, out);
      pendingFrom = start;
    }
    pendingTo = offset + length;
    pendingCount++;
  }

  /** Size of an aggregate of what is pending and the NAL unit that ends at {@code to}. */
  private int aggregateBytes(int to) {
    int lengthsShrink = (NalUnits.LENGTH_BYTES - 2) * (pendingCount + 1);
    return framing.nalHeaderBytes() + (to - pendingFrom) - lengthsShrink;
  }

  private void flush(long pts, byte[] sample, boolean marker, Consumer<ByteBuffer> out) {
    if (pendingCount == 1) {
      int offset = pendingFrom + NalUnits.LENGTH_BYTES;
      ByteBuffer packet = writer.begin(pts, marker, pendingTo - offset);
      packet.put(sample, offset, pendingTo - offset);
      writer.send(packet, out);
    } else if (pendingCount > 1) {
      int size =
          framing.nalHeaderBytes()
              + (pendingTo - pendingFrom)
              - (NalUnits.LENGTH_BYTES - 2) * pendingCount;
      ByteBuffer packet = writer.begin(pts, marker, size);
      framing.aggregateHeader(packet, sample, pendingFrom, pendingTo);
      int at = pendingFrom;
      while (at < pendingTo) {
        int length = NalUnits.lengthAt(sample, at);
        packet.putShort((short) length).put(sample, at + NalUnits.LENGTH_BYTES, length);
        at += NalUnits.LENGTH_BYTES + length;
      }
      writer.send(packet, out);
    }
    pendingCount = 0;
  }

  private void fragments(
      long pts, byte[] sample, int nal, int length, boolean last, Consumer<ByteBuffer> out) {
    int header = framing.nalHeaderBytes();
    int room = writer.maxPayload() - header - 1;
    int at = nal + header;
    int end = nal + length;
    while (at < end) {
      int size = Math.min(room, end - at);
      boolean endOfNal = at + size == end;
      ByteBuffer packet = writer.begin(pts, last && endOfNal, header + 1 + size);
      framing.fragmentHeader(packet, sample, nal, at == nal + header, endOfNal);
      packet.put(sample, at, size);
      writer.send(packet, out);
      at += size;
    }
  }
}
