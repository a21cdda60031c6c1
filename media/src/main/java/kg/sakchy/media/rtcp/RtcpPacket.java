package kg.sakchy.media.rtcp;

import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.media.rtp.NtpTime;

/** One packet of an RTCP compound (RFC 3550 §6.1). Packet types not listed here are skipped. */
public sealed interface RtcpPacket {
  /** Source that speaks; 32 bits, as a number unsigned. */
  int ssrc();

  /**
   * Reads all packets of a compound. What is malformed ends the reading; the packets before it
   * count. Never throws, and allocates no more than the input's size warrants.
   *
   * @param compound from position to limit; neither moves
   */
  static List<RtcpPacket> parse(ByteBuffer compound) {
    return RtcpParser.parse(compound.duplicate());
  }

  /**
   * What a sender says about its clock and its packets (§6.4.1).
   *
   * @param ssrc the sender
   * @param ntp the moment of sending by the sender's own clock, in NTP format
   * @param rtpTimestamp the same moment in ticks of the RTP clock, 0 to 2^32 - 1
   * @param packetCount RTP packets sent so far, modulo 2^32
   * @param octetCount payload bytes sent so far, modulo 2^32
   * @param reports what it received itself
   */
  record SenderReport(
      int ssrc,
      NtpTime ntp,
      long rtpTimestamp,
      long packetCount,
      long octetCount,
      List<ReportBlock> reports)
      implements RtcpPacket {
    public SenderReport {
      reports = List.copyOf(reports);
    }
  }

  /**
   * What a receiver says about what arrived (§6.4.2).
   *
   * @param ssrc the receiver
   * @param reports one for each source it hears
   */
  record ReceiverReport(int ssrc, List<ReportBlock> reports) implements RtcpPacket {
    public ReceiverReport {
      reports = List.copyOf(reports);
    }
  }

  /**
   * The name of a source (§6.5).
   *
   * @param ssrc the source
   * @param cname its canonical name, or empty
   */
  record SourceDescription(int ssrc, String cname) implements RtcpPacket {}

  /**
   * A source leaves (§6.6).
   *
   * @param ssrc the source
   * @param reason in its words, or empty
   */
  record Bye(int ssrc, String reason) implements RtcpPacket {}

  /**
   * A receiver misses packets (generic NACK, RFC 4585 §6.2.1).
   *
   * @param ssrc the receiver
   * @param source whose packets
   * @param missing their sequence numbers, 0 to 65535
   */
  record Nack(int ssrc, int source, List<Integer> missing) implements RtcpPacket {
    public Nack {
      missing = List.copyOf(missing);
    }
  }

  /**
   * A receiver cannot go on without a key frame: a picture loss indication (RFC 4585 §6.3.1) or a
   * full intra request (RFC 5104 §4.3.1).
   *
   * @param ssrc the receiver
   * @param source whose pictures
   */
  record PictureLoss(int ssrc, int source) implements RtcpPacket {}
}
