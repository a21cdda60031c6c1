package kg.sakchy.media.codec.opus;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/**
 * Opus to RTP (RFC 7587 §4.2): a packet a packet; they are never split.
 *
 * <p>Threads: confined to one.
 */
public final class OpusPacketizer implements Packetizer {
  private final TrackFormat.Audio format;
  private final RtpPacketWriter writer;

  public OpusPacketizer(TrackFormat.Audio format, RtpPacketWriter writer) {
    this.format = format;
    this.writer = writer;
  }

  @Override
  public void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out) {
    if (sample.length > writer.maxPayload()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "an Opus packet of " + sample.length + " bytes");
    }
    ByteBuffer packet = writer.begin(pts, false, sample.length);
    writer.send(packet.put(sample), out);
  }

  @Override
  public int nextSequence() {
    return writer.nextSequence();
  }

  /** The map always says 2 channels (RFC 7587 §7); {@code sprop-stereo} says what is sent. */
  @Override
  public MediaDescription describe(String control) {
    return MediaDescription.ofTrack(
        "audio",
        new RtpMap(writer.payloadType(), "opus", OpusConfig.CLOCK_RATE, 2),
        "sprop-stereo=" + (format.channels() > 1 ? 1 : 0),
        control);
  }
}
