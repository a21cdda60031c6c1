package kg.sakchy.media.codec.g711;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.PayloadFormat;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.sdp.RtpMap;

/**
 * G.711 to RTP: a sample (octets, interleaved by channel) goes into as many packets as it needs,
 * each with the time of its first octet.
 *
 * <p>Threads: confined to one.
 */
public final class G711Payload implements PayloadFormat {
  private final TrackFormat.Audio format;

  public G711Payload(TrackFormat.Audio format) {
    this.format = format;
  }

  @Override
  public void packetize(long pts, byte[] sample, RtpPacketWriter writer, Consumer<ByteBuffer> out) {
    int most = writer.maxPayload() - writer.maxPayload() % format.channels();
    int at = 0;
    while (at < sample.length) {
      int size = Math.min(sample.length - at, most);
      ByteBuffer packet = writer.begin(pts + at / format.channels(), false, size);
      packet.put(sample, at, size);
      writer.send(packet, out);
      at += size;
    }
  }

  @Override
  public RtpMap map(int payloadType) {
    String encoding = format.codec() == Codec.G711_ALAW ? "PCMA" : "PCMU";
    return new RtpMap(payloadType, encoding, format.clockRate(), format.channels());
  }

  @Override
  public String parameters() {
    return "";
  }
}
