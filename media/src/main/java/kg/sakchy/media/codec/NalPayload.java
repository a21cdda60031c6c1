package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.media.sdp.RtpMap;

/**
 * Splits samples of NAL units into packets, the same for H.264 and H.265: neighbours that fit into
 * one packet together are aggregated, what fits alone is sent as it is, what does not is
 * fragmented. The order of the NAL units is kept.
 *
 * <p>Threads: confined to one.
 */
public final class NalPayload implements PayloadFormat {
  private final NalFraming framing;
  private final String encoding;
  private final String parameters;

  /**
   * @param encoding name of the encoding in {@code rtpmap}
   * @param parameters see {@link PayloadFormat#parameters}
   */
  public NalPayload(NalFraming framing, String encoding, String parameters) {
    this.framing = framing;
    this.encoding = encoding;
    this.parameters = parameters;
  }

  @Override
  public RtpMap map(int payloadType) {
    return new RtpMap(payloadType, encoding, VideoParameters.CLOCK_RATE, 1);
  }

  @Override
  public String parameters() {
    return parameters;
  }

  @Override
  public void packetize(long pts, byte[] sample, RtpPacketWriter writer, Consumer<ByteBuffer> out) {
    new Packing(pts, sample, writer, out).run();
  }

  /** The work on one sample. */
  private final class Packing {
    private final long pts;
    private final byte[] sample;
    private final RtpPacketWriter writer;
    private final Consumer<ByteBuffer> out;

    // Neighbours not sent yet: a range of the sample, lengths included.
    private int pendingFrom;
    private int pendingTo;
    private int pendingCount;

    Packing(long pts, byte[] sample, RtpPacketWriter writer, Consumer<ByteBuffer> out) {
      this.pts = pts;
      this.sample = sample;
      this.writer = writer;
      this.out = out;
    }

    void run() {
      NalUnits.forEach(sample, (data, offset, length) -> nal(offset, length));
      flush(true);
    }

    private void nal(int offset, int length) {
      boolean last = offset + length == sample.length;
      int start = offset - NalUnits.LENGTH_BYTES;
      if (pendingCount > 0 && aggregateBytes(offset + length) > writer.maxPayload()) {
        flush(false);
      }
      if (length > writer.maxPayload()) {
        fragments(offset, length, last);
        return;
      }
      if (pendingCount == 0 || start != pendingTo) {
        flush(false);
        pendingFrom = start;
      }
      pendingTo = offset + length;
      pendingCount++;
    }

    /** Size of an aggregate of what is pending and the NAL unit that ends at {@code to}. */
    private int aggregateBytes(int to) {
      int lengthsShrink = (NalUnits.LENGTH_BYTES - 2) * (pendingCount + 1);
      return framing.headerBytes() + (to - pendingFrom) - lengthsShrink;
    }

    private void flush(boolean marker) {
      if (pendingCount == 1) {
        int offset = pendingFrom + NalUnits.LENGTH_BYTES;
        ByteBuffer packet = writer.begin(pts, marker, pendingTo - offset);
        packet.put(sample, offset, pendingTo - offset);
        writer.send(packet, out);
      } else if (pendingCount > 1) {
        aggregate(marker);
      }
      pendingCount = 0;
    }

    private void aggregate(boolean marker) {
      int lengthsShrink = (NalUnits.LENGTH_BYTES - 2) * pendingCount;
      int size = framing.headerBytes() + (pendingTo - pendingFrom) - lengthsShrink;
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

    private void fragments(int nal, int length, boolean last) {
      int header = framing.headerBytes();
      int room = writer.maxPayload() - header - 1;
      int at = nal + header;
      int end = nal + length;
      while (at < end) {
        int size = Math.min(room, end - at);
        boolean ends = at + size == end;
        int bits = (at == nal + header ? NalFraming.START : 0) | (ends ? NalFraming.END : 0);
        ByteBuffer packet = writer.begin(pts, last && ends, header + 1 + size);
        framing.fragmentHeader(packet, sample, nal, bits);
        packet.put(sample, at, size);
        writer.send(packet, out);
        at += size;
      }
    }
  }
}
