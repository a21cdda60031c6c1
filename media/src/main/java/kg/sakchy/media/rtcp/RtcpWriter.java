package kg.sakchy.media.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes compounds as RFC 3550 §6.1 demands: a report first, then the source's name. Threads: pure
 * functions.
 */
public final class RtcpWriter {
  private static final int MAX_BLOCKS = 31;
  private static final int MAX_CNAME_BYTES = 255;

  private RtcpWriter() {}

  /**
   * A receiver's compound: RR and SDES.
   *
   * @param cname at most 255 bytes of UTF-8
   * @return the packet, from position 0 to its limit
   */
  public static ByteBuffer receiverReport(int ssrc, List<ReportBlock> reports, String cname) {
    checkBlocks(reports);
    ByteBuffer out = allocate(8, reports, cname);
    header(out, reports.size(), RtcpParser.RECEIVER_REPORT, 4 + blockBytes(reports));
    out.putInt(ssrc);
    reports.forEach(block -> block(out, block));
    sourceDescription(out, ssrc, cname);
    return out.flip();
  }

  /**
   * A receiver's compound that asks for a key frame: RR, SDES and a picture loss indication (RFC
   * 4585 §6.3.1).
   *
   * @param about the source that lost a picture
   * @param cname at most 255 bytes of UTF-8
   * @return the packet, from position 0 to its limit
   */
  public static ByteBuffer pictureLoss(int ssrc, ReportBlock about, String cname) {
    ByteBuffer reports = receiverReport(ssrc, List.of(about), cname);
    ByteBuffer out = ByteBuffer.allocate(reports.remaining() + 12).put(reports);
    header(out, RtcpParser.PICTURE_LOSS, RtcpParser.PAYLOAD_FEEDBACK, 8);
    out.putInt(ssrc).putInt(about.ssrc());
    return out.flip();
  }

  /**
   * A sender's compound: SR and SDES.
   *
   * @param cname at most 255 bytes of UTF-8
   * @return the packet, from position 0 to its limit
   */
  public static ByteBuffer senderReport(RtcpPacket.SenderReport report, String cname) {
    checkBlocks(report.reports());
    ByteBuffer out = allocate(28, report.reports(), cname);
    header(
        out, report.reports().size(), RtcpParser.SENDER_REPORT, 24 + blockBytes(report.reports()));
    out.putInt(report.ssrc());
    out.putLong(report.ntp().bits());
    out.putInt((int) report.rtpTimestamp());
    out.putInt((int) report.packetCount());
    out.putInt((int) report.octetCount());
    report.reports().forEach(block -> block(out, block));
    sourceDescription(out, report.ssrc(), cname);
    return out.flip();
  }

  /** A farewell behind an empty report, for the end of a stream. */
  public static ByteBuffer bye(int ssrc) {
    ByteBuffer out = ByteBuffer.allocate(16);
    header(out, 0, RtcpParser.RECEIVER_REPORT, 4);
    out.putInt(ssrc);
    header(out, 1, RtcpParser.BYE, 4);
    out.putInt(ssrc);
    return out.flip();
  }

  private static void checkBlocks(List<ReportBlock> reports) {
    if (reports.size() > MAX_BLOCKS) {
      throw new IllegalArgumentException(reports.size() + " report blocks");
    }
  }

  private static ByteBuffer allocate(int fixed, List<ReportBlock> reports, String cname) {
    return ByteBuffer.allocate(fixed + blockBytes(reports) + 16 + cname.length() * 4);
  }

  private static int blockBytes(List<ReportBlock> reports) {
    return reports.size() * RtcpParser.BLOCK_BYTES;
  }

  private static void header(ByteBuffer out, int count, int type, int bodyBytes) {
    out.put((byte) (0x80 | count));
    out.put((byte) type);
    out.putShort((short) (bodyBytes / 4));
  }

  private static void block(ByteBuffer out, ReportBlock block) {
    out.putInt(block.ssrc());
    out.putInt((block.fractionLost() << 24) | (block.cumulativeLost() & 0xff_ffff));
    out.putInt((int) block.highestSequence());
    out.putInt((int) block.jitter());
    out.putInt((int) block.lastSenderReport());
    out.putInt((int) block.delaySinceLastSenderReport());
  }

  private static void sourceDescription(ByteBuffer out, int ssrc, String cname) {
    byte[] name = cname.getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_CNAME_BYTES) {
      throw new IllegalArgumentException("a CNAME of " + name.length + " bytes");
    }
    // The item list ends with one to four null bytes, at a word boundary (§6.5).
    int padded = (2 + name.length) / 4 * 4 + 4;
    header(out, 1, RtcpParser.SOURCE_DESCRIPTION, 4 + padded);
    out.putInt(ssrc);
    out.put((byte) RtcpParser.CNAME);
    out.put((byte) name.length);
    out.put(name);
    out.put(new byte[padded - 2 - name.length]);
  }
}
