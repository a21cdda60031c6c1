package kg.sakchy.media.codec.opus;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.PayloadFormat;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.sdp.RtpMap;

/**
 * Opus to RTP (RFC 7587 §4.2): a packet a packet; they are never split.
 *
 * <p>Threads: confined to one.
 */
public final class OpusPayload implements PayloadFormat {
  private final TrackFormat.Audio format;

  public OpusPayload(TrackFormat.Audio format) {
    this.format = format;
  }

  @Override
  public void packetize(long pts, byte[] sample, RtpPacketWriter writer, Consumer<ByteBuffer> out) {
    if (sample.length > writer.maxPayload()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "an Opus packet of " + sample.length + " bytes");
    }
    ByteBuffer packet = writer.begin(pts, false, sample.length);
    writer.send(packet.put(sample), out);
  }

  /** Always says 2 channels (RFC 7587 §7); {@code sprop-stereo} says what is sent. */
  @Override
  public RtpMap map(int payloadType) {
    return new RtpMap(payloadType, "opus", OpusConfig.CLOCK_RATE, 2);
  }

  @Override
  public String parameters() {
    return "sprop-stereo=" + (format.channels() > 1 ? 1 : 0);
  }
}
