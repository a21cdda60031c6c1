package kg.sakchy.media.codec.g711;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/**
 * G.711 to RTP: a sample (octets, interleaved by channel) goes into as many packets as it needs,
 * each with the time of its first octet.
 *
 * <p>Threads: confined to one.
 */
public final class G711Packetizer implements Packetizer {
  private final TrackFormat.Audio format;
  private final RtpPacketWriter writer;

  public G711Packetizer(TrackFormat.Audio format, RtpPacketWriter writer) {
    this.format = format;
    this.writer = writer;
  }

  @Override
  public void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out) {
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
  public int nextSequence() {
    return writer.nextSequence();
  }

  @Override
  public MediaDescription describe(String control) {
    String encoding = format.codec() == Codec.G711_ALAW ? "PCMA" : "PCMU";
    return MediaDescription.ofTrack(
        "audio",
        new RtpMap(writer.payloadType(), encoding, format.clockRate(), format.channels()),
        "",
        control);
  }
}
