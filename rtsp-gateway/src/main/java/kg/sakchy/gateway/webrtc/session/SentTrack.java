package kg.sakchy.gateway.webrtc.session;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.webrtc.dtls.DtlsKeys;
import kg.sakchy.gateway.webrtc.srtp.SrtpMaster;
import kg.sakchy.gateway.webrtc.srtp.SrtpSender;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.Packetizers;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtp.NtpTime;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * One track of a session on its way out: numbered, stamped, encrypted, and remembered for a while.
 * One packetizer serves the whole session, so that sequence numbers never repeat.
 *
 * <p>Threads: confined to one.
 */
final class SentTrack {
  /** With IP, UDP and a tunnel's header it fits an Ethernet frame. */
  static final int MAX_PACKET_BYTES = 1200;

  private final TrackFormat format;
  private final int ssrc;
  private final Packetizer packetizer;
  private final SrtpSender protection;
  private final TrackTimeline timeline;
  private final SentPackets sent = new SentPackets();
  private long packets;
  private long octets;
  private @Nullable AccessUnit lastUnit;
  private @Nullable SenderReport cameraReport;

  /**
   * @param payloadType the player chose
   * @param firstTicks the first RTP time
   */
  SentTrack(TrackFormat format, int payloadType, int ssrc, long firstTicks, DtlsKeys keys) {
    this.format = format;
    this.ssrc = ssrc;
    packetizer =
        Packetizers.create(format, payloadType, ssrc, MAX_PACKET_BYTES - keys.profile().tagBytes());
    protection =
        new SrtpSender(keys.profile(), SrtpMaster.ofServer(keys.profile(), keys.material()));
    timeline = new TrackTimeline(format.clockRate(), firstTicks);
  }

  int ssrc() {
    return ssrc;
  }

  /** Whether units of this format can go on in its place. */
  boolean continues(TrackFormat next) {
    return next.codec() == format.codec() && next.clockRate() == format.clockRate();
  }

  /** The camera's times have another origin from here on. */
  void newRun() {
    timeline.newRun();
    lastUnit = null;
    cameraReport = null;
  }

  /**
   * Sends a unit.
   *
   * @param data the sample, maybe with parameter sets added
   * @param catchUp whether it is from before the viewer came
   */
  void send(AccessUnit unit, byte[] data, boolean catchUp, long nowNanos, Consumer<byte[]> out) {
    long ticks = catchUp ? timeline.catchUp(nowNanos) : timeline.live(unit.pts(), nowNanos);
    if (!catchUp) {
      lastUnit = unit;
    }
    packetizer.packetize(ticks, data, packet -> out.accept(protect(packet)));
  }

  private byte[] protect(ByteBuffer packet) {
    int sequence = packet.getShort(packet.position() + 2) & 0xffff;
    packets++;
    octets += packet.remaining() - RtpPacket.HEADER_BYTES;
    byte[] encrypted = protection.protect(packet);
    sent.add(sequence, encrypted);
    return encrypted;
  }

  /** A packet the player misses, or null; see {@link SentPackets#repeat}. */
  byte @Nullable [] repeat(int sequence, long nowNanos) {
    return sent.repeat(sequence, nowNanos);
  }

  /** The camera told what its times mean. */
  void reported(SenderReport report) {
    cameraReport = report;
  }

  boolean knowsCameraTime() {
    return cameraReport != null;
  }

  /**
   * What RTP time it is now (RFC 3550 §6.4.1).
   *
   * @param byCamera whether the camera's clock counts, so that its tracks stay together; else
   *     arrival does
   * @return null before the first live unit
   */
  RtcpPacket.@Nullable SenderReport report(Instant now, long nowNanos, boolean byCamera) {
    AccessUnit unit = lastUnit;
    if (unit == null || !timeline.isAnchored()) {
      return null;
    }
    SenderReport camera = byCamera ? cameraReport : null;
    long since = nowNanos - (camera == null ? unit.arrivalNanos() : camera.arrivalNanos());
    long ticks = timeline.at(camera == null ? unit.pts() : camera.rtpTicks(), since);
    Instant moment = camera == null ? now : camera.ntp().plusNanos(since);
    return new RtcpPacket.SenderReport(
        ssrc, NtpTime.of(moment), ticks & 0xffff_ffffL, packets, octets, List.of());
  }
}
