package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * The simplest payloads: a packet holds a sample and nothing else. G.711 (RFC 3551 §4.5.14) and
 * Opus (RFC 7587 §4.2).
 *
 * <p>Empty payloads (comfort noise, keep-alive) are skipped. Threads: confined to one.
 */
final class PacketPerSampleDepacketizer implements Depacketizer {
  private final TrackFormat format;
  private final InOrderTrack track = new InOrderTrack();

  PacketPerSampleDepacketizer(TrackFormat format) {
    this.format = format;
  }

  @Override
  public void push(RtpPacket packet, long ticks, int lostBefore, Output out) {
    if (lostBefore > 0) {
      track.losses().missing(lostBefore);
    }
    ByteBuffer payload = packet.payload();
    if (payload.hasRemaining()) {
      byte[] sample = new byte[payload.remaining()];
      payload.get(sample);
      track.deliver(format, ticks, sample, 1, out);
    }
  }

  @Override
  public void flush(Output out) {
    track.losses().report(out);
  }
}
