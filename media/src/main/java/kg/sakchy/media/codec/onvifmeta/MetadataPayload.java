package kg.sakchy.media.codec.onvifmeta;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.PayloadFormat;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.sdp.RtpMap;

/**
 * ONVIF metadata to RTP: a document over as many packets as it needs, the last with the marker bit.
 *
 * <p>Threads: confined to one.
 */
public final class MetadataPayload implements PayloadFormat {
  private final TrackFormat.Metadata format;

  public MetadataPayload(TrackFormat.Metadata format) {
    this.format = format;
  }

  @Override
  public void packetize(long pts, byte[] sample, RtpPacketWriter writer, Consumer<ByteBuffer> out) {
    int at = 0;
    while (at < sample.length) {
      int size = Math.min(sample.length - at, writer.maxPayload());
      ByteBuffer packet = writer.begin(pts, at + size == sample.length, size);
      writer.send(packet.put(sample, at, size), out);
      at += size;
    }
  }

  @Override
  public RtpMap map(int payloadType) {
    return new RtpMap(payloadType, "vnd.onvif.metadata", format.clockRate(), 1);
  }

  @Override
  public String parameters() {
    return "";
  }
}
