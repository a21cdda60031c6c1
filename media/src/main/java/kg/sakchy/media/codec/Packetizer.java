package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.media.sdp.MediaDescription;

/**
 * Turns the samples of one track into RTP packets.
 *
 * <p>Buffers: each packet is a new heap buffer, from its position to its limit, and belongs to
 * whoever gets it. Threads: confined to one.
 */
public final class Packetizer {
  private final Codec.Kind kind;
  private final PayloadFormat format;
  private final RtpPacketWriter writer;

  Packetizer(Codec.Kind kind, PayloadFormat format, RtpPacketWriter writer) {
    this.kind = kind;
    this.format = format;
    this.writer = writer;
  }

  /**
   * Makes the packets of one sample and hands them on in their order.
   *
   * @param pts presentation time in ticks of the track's clock; its lower 32 bits become the RTP
   *     time
   * @param sample see {@link kg.sakchy.core.stream.AccessUnit#data()}; only read
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS if the sample is malformed; packets made
   *     before that was seen are handed on
   */
  public void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out) {
    format.packetize(pts, sample, writer, out);
  }

  /** Sequence number of the next packet, 0 to 65535; for the RTP-Info header. */
  public int nextSequence() {
    return writer.nextSequence();
  }

  /**
   * The track's section of a session description.
   *
   * @param control address of the track, relative as a rule
   */
  public MediaDescription describe(String control) {
    String type =
        switch (kind) {
          case VIDEO -> "video";
          case AUDIO -> "audio";
          case METADATA -> "application";
        };
    return MediaDescription.ofTrack(
        type, format.map(writer.payloadType()), format.parameters(), control);
  }
}
