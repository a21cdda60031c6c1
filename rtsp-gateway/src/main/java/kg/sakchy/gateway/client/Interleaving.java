package kg.sakchy.gateway.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import kg.sakchy.gateway.transport.MediaPath;
import kg.sakchy.gateway.transport.RtspChannel;
import kg.sakchy.media.rtsp.PortPair;
import org.jspecify.annotations.Nullable;

/**
 * The interleaved channels of one connection and who receives them (RFC 2326 §10.12).
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class Interleaving {
  private static final int MAX_CHANNEL = 255;

  private final RtspChannel channel;
  private @Nullable Inlet[] inlets = new @Nullable Inlet[0];

  /** Takes the frames of one channel. */
  private interface Inlet {
    void take(ByteBuffer payload);
  }

  Interleaving(RtspChannel channel) {
    this.channel = channel;
  }

  /** Whether frames can travel on these channels and nobody else uses them. */
  boolean isFree(PortPair channels) {
    return channels.rtp() <= MAX_CHANNEL
        && channels.rtcp() <= MAX_CHANNEL
        && channels.rtp() != channels.rtcp()
        && at(channels.rtp()) == null
        && at(channels.rtcp()) == null;
  }

  /** Hands the frames of free channels to a receiver. */
  MediaPath open(PortPair channels, MediaPath.Receiver receiver) {
    int needed = Math.max(channels.rtp(), channels.rtcp()) + 1;
    if (inlets.length < needed) {
      inlets = Arrays.copyOf(inlets, needed);
    }
    inlets[channels.rtp()] = receiver::rtp;
    inlets[channels.rtcp()] = receiver::rtcp;
    channel.expectChannels(inlets.length);
    return compound -> channel.sendFrame(channels.rtcp(), compound);
  }

  /** Takes a frame; false if nobody receives its channel. */
  boolean frame(int number, ByteBuffer payload) {
    Inlet inlet = at(number);
    if (inlet == null) {
      return false;
    }
    inlet.take(payload);
    return true;
  }

  private @Nullable Inlet at(int number) {
    return number < inlets.length ? inlets[number] : null;
  }
}
