package kg.sakchy.media.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;

/**
 * Payloads of any content. Input: one byte chooses the codec, then for each packet a byte of flags
 * (bit 0 marker, bit 1 the time rises, bit 2 it falls, bit 3 a packet is missing), a size in 2
 * bytes, and the payload. The seeds are golden packets in that form. {@link RecordedOutput} holds
 * what comes out to the promises of the interface.
 */
class DepacketizerFuzzTest {
  private static final List<String> TRACKS =
      List.of(
          "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
              + "a=fmtp:96 sprop-parameter-sets=Z2QACqzZRibARAAAAwAEAAADAMg8SJZY,aOvhksiw",
          "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H265/90000",
          "m=audio 0 RTP/AVP 96\r\na=rtpmap:96 MPEG4-GENERIC/16000/1",
          "m=video 0 RTP/AVP 26",
          "m=application 0 RTP/AVP 96\r\na=rtpmap:96 vnd.onvif.metadata/90000",
          "m=audio 0 RTP/AVP 96\r\na=rtpmap:96 MPEG4-GENERIC/16000/1\r\na=fmtp:96 sizelength=6;"
              + "indexlength=2;indexdeltalength=2;ctsdeltalength=9;dtsdeltalength=9;"
              + "randomaccessindication=1;streamstateindication=3;auxiliarydatasizelength=7");

  @FuzzTest
  void anyPayloads(byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data);
    if (!in.hasRemaining()) {
      return;
    }
    String track = TRACKS.get((in.get() & 0xff) % TRACKS.size());
    MediaDescription media = SessionDescription.parse("v=0\r\n" + track).media().getFirst();
    Depacketizer depacketizer = Depacketizers.create(media).orElseThrow();
    RecordedOutput out = new RecordedOutput();
    RtpPacket view = new RtpPacket();
    long ticks = 1_000_000;
    while (in.remaining() >= 3) {
      int flags = in.get();
      int size = Math.min(in.getShort() & 0xffff, in.remaining());
      ticks += ((flags & 2) != 0 ? 3_600 : 0) - ((flags & 4) != 0 ? 7_200 : 0);
      ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + size);
      RtpPacket.writeHeader(packet, (flags & 1) != 0, 96, 0, ticks, 0);
      packet.put(in.slice(in.position(), size)).flip();
      in.position(in.position() + size);
      view.parse(packet);
      depacketizer.push(view, ticks, flags >> 3 & 1, out);
    }
    depacketizer.flush(out);
  }
}
