package kg.sakchy.media.codec.onvifmeta;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/**
 * ONVIF metadata to RTP: a document over as many packets as it needs, the last with the marker bit.
 *
 * <p>Threads: confined to one.
 */
public final class MetadataPacketizer implements Packetizer {
  private final TrackFormat.Metadata format;
  private final RtpPacketWriter writer;

  public MetadataPacketizer(TrackFormat.Metadata format, RtpPacketWriter writer) {
    this.format = format;
    this.writer = writer;
  }

  @Override
  public void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out) {
    int at = 0;
    while (at < sample.length) {
      int size = Math.min(sample.length - at, writer.maxPayload());
      ByteBuffer packet = writer.begin(pts, at + size == sample.length, size);
      writer.send(packet.put(sample, at, size), out);
      at += size;
    }
  }

  @Override
  public int nextSequence() {
    return writer.nextSequence();
  }

  @Override
  public MediaDescription describe(String control) {
    return MediaDescription.ofTrack(
        "application",
        new RtpMap(writer.payloadType(), "vnd.onvif.metadata", format.clockRate(), 1),
        "",
        control);
  }
}
