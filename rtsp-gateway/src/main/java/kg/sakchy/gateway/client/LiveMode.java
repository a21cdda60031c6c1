package kg.sakchy.gateway.client;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.gateway.hub.PacketTrack;
import kg.sakchy.gateway.track.PacketTap;
import kg.sakchy.gateway.track.TrackSource;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtspHeaders;

/**
 * The camera's picture of now, with all it sends.
 *
 * <p>Threads: confined to the connection's event loop.
 */
final class LiveMode implements PlayMode {
  private final Packets packets;

  /** Sees every packet of the connection. */
  interface Packets {
    /** See {@link PacketTap#packet}. */
    void packet(PacketTrack track, RtpPacket packet, long ticks);
  }

  LiveMode(Packets packets) {
    this.packets = packets;
  }

  @Override
  public boolean wants(Codec.Kind kind) {
    return true;
  }

  @Override
  public RtspHeaders setupFields() {
    return new RtspHeaders();
  }

  @Override
  public RtspHeaders playFields() {
    return new RtspHeaders().add("Range", "npt=0.000-");
  }

  @Override
  public PacketTap tap(TrackSource track) {
    PacketTrack source = new PacketTrack(track.codec(), track.media());
    return (packet, ticks) -> packets.packet(source, packet, ticks);
  }
}
