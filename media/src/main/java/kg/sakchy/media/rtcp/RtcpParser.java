package kg.sakchy.media.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.media.rtp.NtpTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads compounds (RFC 3550 §6.4 to §6.6). Every packet begins with
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |      type     |   length in words, less one   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class RtcpParser {
  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int BYE = 203;

  /** Transport layer feedback, RFC 4585 §6.2. */
  static final int TRANSPORT_FEEDBACK = 205;

  /** Payload-specific feedback, RFC 4585 §6.3. */
  static final int PAYLOAD_FEEDBACK = 206;

  /** Format of {@link #TRANSPORT_FEEDBACK}. */
  static final int GENERIC_NACK = 1;

  /** Format of {@link #PAYLOAD_FEEDBACK}. */
  static final int PICTURE_LOSS = 1;

  /** Format of {@link #PAYLOAD_FEEDBACK}, RFC 5104 §4.3.1. */
  static final int FULL_INTRA_REQUEST = 4;

  static final int CNAME = 1;
  static final int BLOCK_BYTES = 24;

  /** Nobody repeats more than this for one request. */
  private static final int MAX_MISSING = 512;

  private RtcpParser() {}

  static List<RtcpPacket> parse(ByteBuffer compound) {
    List<RtcpPacket> packets = new ArrayList<>(2);
    while (compound.remaining() >= 4) {
      int first = compound.get() & 0xff;
      int type = compound.get() & 0xff;
      int size = 4 * (compound.getShort() & 0xffff);
      if (first >> 6 != 2 || size > compound.remaining()) {
        break;
      }
      ByteBuffer body = compound.slice(compound.position(), size);
      compound.position(compound.position() + size);
      RtcpPacket packet = body(type, first & 0x1f, body);
      if (packet != null) {
        packets.add(packet);
      }
    }
    return packets;
  }

  private static @Nullable RtcpPacket body(int type, int count, ByteBuffer body) {
    return switch (type) {
      case SENDER_REPORT -> senderReport(count, body);
      case RECEIVER_REPORT -> receiverReport(count, body);
      case SOURCE_DESCRIPTION -> sourceDescription(count, body);
      case BYE -> bye(count, body);
      case TRANSPORT_FEEDBACK -> count == GENERIC_NACK ? genericNack(body) : null;
      case PAYLOAD_FEEDBACK -> payloadFeedback(count, body);
      default -> null;
    };
  }

  private static @Nullable RtcpPacket senderReport(int count, ByteBuffer body) {
    if (body.remaining() < 24) {
      return null;
    }
    return new RtcpPacket.SenderReport(
        body.getInt(),
        new NtpTime(body.getLong()),
        unsigned(body),
        unsigned(body),
        unsigned(body),
        blocks(count, body));
  }

  private static @Nullable RtcpPacket receiverReport(int count, ByteBuffer body) {
    return body.remaining() < 4
        ? null
        : new RtcpPacket.ReceiverReport(body.getInt(), blocks(count, body));
  }

  /** Tolerated: fewer blocks than announced. */
  private static List<ReportBlock> blocks(int count, ByteBuffer body) {
    List<ReportBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count && body.remaining() >= BLOCK_BYTES; i++) {
      int ssrc = body.getInt();
      int lost = body.getInt();
      blocks.add(
          new ReportBlock(
              ssrc,
              lost >>> 24,
              lost << 8 >> 8,
              unsigned(body),
              unsigned(body),
              unsigned(body),
              unsigned(body)));
    }
    return blocks;
  }

  /** Only the first chunk is read; a camera speaks for itself alone. */
  private static @Nullable RtcpPacket sourceDescription(int count, ByteBuffer body) {
    if (count == 0 || body.remaining() < 4) {
      return null;
    }
    int ssrc = body.getInt();
    while (body.remaining() >= 2) {
      int item = body.get();
      if (item == 0) {
        break;
      }
      int length = body.get() & 0xff;
      if (length > body.remaining()) {
        break;
      }
      String text = text(body, length);
      if (item == CNAME) {
        return new RtcpPacket.SourceDescription(ssrc, text);
      }
    }
    return new RtcpPacket.SourceDescription(ssrc, "");
  }

  private static @Nullable RtcpPacket bye(int count, ByteBuffer body) {
    if (count == 0 || body.remaining() < 4 * count) {
      return null;
    }
    int ssrc = body.getInt();
    body.position(4 * count);
    int length = body.hasRemaining() ? body.get() & 0xff : 0;
    return new RtcpPacket.Bye(ssrc, text(body, Math.min(length, body.remaining())));
  }

  /** Each entry names a packet, and 16 bits say which of those after it are missing too. */
  private static @Nullable RtcpPacket genericNack(ByteBuffer body) {
    if (body.remaining() < 8) {
      return null;
    }
    int ssrc = body.getInt();
    int source = body.getInt();
    List<Integer> missing = new ArrayList<>();
    while (body.remaining() >= 4 && missing.size() < MAX_MISSING) {
      int first = body.getShort() & 0xffff;
      int others = body.getShort() & 0xffff;
      missing.add(first);
      for (int i = 0; i < 16; i++) {
        if ((others >> i & 1) != 0) {
          missing.add((first + i + 1) & 0xffff);
        }
      }
    }
    return new RtcpPacket.Nack(ssrc, source, missing);
  }

  private static @Nullable RtcpPacket payloadFeedback(int format, ByteBuffer body) {
    if (body.remaining() < 8) {
      return null;
    }
    int ssrc = body.getInt();
    int source = body.getInt();
    return switch (format) {
      case PICTURE_LOSS -> new RtcpPacket.PictureLoss(ssrc, source);
      case FULL_INTRA_REQUEST ->
          body.remaining() < 8 ? null : new RtcpPacket.PictureLoss(ssrc, body.getInt());
      default -> null;
    };
  }

  private static String text(ByteBuffer body, int length) {
    byte[] bytes = new byte[length];
    body.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long unsigned(ByteBuffer body) {
    return body.getInt() & 0xffff_ffffL;
  }
}
