package kg.sakchy.gateway.server.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.gateway.hub.PacketTrack;
import kg.sakchy.gateway.server.delivery.PacketBatch;
import kg.sakchy.gateway.server.offer.OfferedTrack;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtp.NtpTime;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The line of one relayed track: its sequence numbers and its time go on whatever the camera does,
 * and are the same for all readers.
 *
 * <p>Time: ticks of the camera, unwrapped, plus a shift. Threads: confined to the stream's loop.
 */
final class RelayTrack {
  /** A larger hole in the camera's numbers is a restart; the relay's go on. */
  private static final int MAX_HOLE = 1_000;

  /** A larger step of the camera's time is none. */
  private static final int JUMP_SECONDS = 10;

  /**
   * Numbers left free between two runs, for the packets of the first key frame that readers get
   * anew; readers take the hole for loss, and it is less than what they take for a restart.
   */
  private static final int RUN_HOLE = 512;

  /** Most packets held of a unit that is not complete. */
  private static final int MAX_OPEN = 4_096;

  private static final double NANOS = 1e9;
  private final OfferedTrack offered;
  private final int ssrc;
  private final ArrayDeque<OpenPacket> open = new ArrayDeque<>();
  private int nextSequence;
  private int lastSource = -1;
  private long shift;
  private long lastTicks;
  private long lastNanos;
  private boolean timed;
  private boolean rebased;
  private boolean restarting;
  private int maxPacket = OfferedTrack.MTU;
  private long packets;
  private long octets;
  private @Nullable SenderReport report;
  private @Nullable PacketTrack judged;
  private boolean passes;
  private @Nullable Packetizer packetizer;

  /** A packet sent already, of a unit that is not complete yet. Holds a reference to its batch. */
  record OpenPacket(PacketBatch batch, int index, int sequence, long ticks) {}

  RelayTrack(OfferedTrack offered, int ssrc) {
    this.offered = offered;
    this.ssrc = ssrc;
    nextSequence = (ssrc ^ ssrc >>> 16) & 0xffff;
  }

  OfferedTrack offered() {
    return offered;
  }

  int ssrc() {
    return ssrc;
  }

  /**
   * Whether the camera's packets are made as the offer says; else they are made anew of the units.
   */
  boolean passes(PacketTrack source) {
    if (!source.equals(judged)) {
      judged = source;
      passes = source.codec() == offered.codec() && isUsual(source);
    }
    return passes;
  }

  /** Whether {@link #passes} said no of the source that is sending. */
  boolean isMadeAnew() {
    return judged != null && !passes;
  }

  private static boolean isUsual(PacketTrack source) {
    Map<String, String> parameters = source.media().fmtp();
    return switch (source.codec()) {
      case AAC ->
          parameters.getOrDefault("sizelength", "").equals("13")
              && parameters.getOrDefault("indexlength", "").equals("3")
              && parameters.getOrDefault("indexdeltalength", "").equals("3")
              && parameters.keySet().stream().noneMatch(key -> key.matches("(cts|dts)deltalength"));
      case H265 -> parameters.getOrDefault("sprop-max-don-diff", "0").equals("0");
      case H264, MJPEG, G711_ALAW, G711_ULAW, OPUS, ONVIF_METADATA -> true;
    };
  }

  /** Makes packets of units, for a source that does not {@link #passes}. */
  Packetizer packetizer() {
    Packetizer known = packetizer;
    if (known == null) {
      known = offered.packetizer(ssrc, OfferedTrack.MTU);
      packetizer = known;
    }
    return known;
  }

  /** Number of the next packet, for one of the camera's with its own number. */
  int sequence(RtpPacket packet) {
    int step = lastSource < 0 ? 1 : (packet.sequence() - lastSource) & 0xffff;
    lastSource = packet.sequence();
    nextSequence += step > 1 && step <= MAX_HOLE ? step - 1 : 0;
    return next(packet.payloadSize());
  }

  /** Number of the next packet. */
  int next(int payloadBytes) {
    packets++;
    octets += payloadBytes;
    maxPacket = Math.max(maxPacket, RtpPacket.HEADER_BYTES + payloadBytes);
    int number = nextSequence & 0xffff;
    nextSequence = number + 1;
    return number;
  }

  /** Time of a packet on the relay's line; a jump of the camera's time bends it. */
  long place(long ticks, long nanos) {
    long step = ticks - lastTicks;
    boolean back = restarting && step <= 0; // some begin with pictures they have sent before
    restarting = false;
    if (timed && (back || Math.abs(step) > (long) JUMP_SECONDS * offered.clockRate())) {
      long passed = Math.max(1, Math.round((nanos - lastNanos) / NANOS * offered.clockRate()));
      shift += passed - step;
      rebased = true;
      report = null;
    }
    timed = true;
    lastTicks = ticks;
    lastNanos = nanos;
    return ticks + shift;
  }

  /** What to add to the camera's ticks. */
  long shift() {
    return shift;
  }

  /** Whether units made before now lie on another line of time. */
  boolean isRebased() {
    return rebased;
  }

  /** The connection to the camera is gone. */
  void interrupted() {
    clear();
    restarting = true;
  }

  /** The next run begins; its units lie on the line. */
  void beginRun(boolean afterInterruption) {
    rebased = false;
    if (afterInterruption) {
      nextSequence += RUN_HOLE;
      lastSource = -1;
    }
  }

  /** Remembers a packet until its unit is complete. */
  void hold(PacketBatch batch, int index, int sequence, long ticks) {
    if (open.size() == MAX_OPEN) {
      clear();
    }
    open.add(new OpenPacket((PacketBatch) batch.retain(), index, sequence, ticks));
  }

  /** A unit is complete: its packets, and those before, are held no longer. */
  void complete(AccessUnit unit) {
    int through = 0;
    int at = 0;
    for (OpenPacket packet : open) {
      at++;
      boolean video = offered.codec().kind() == Codec.Kind.VIDEO;
      if (video ? packet.ticks() == unit.pts() : packet.ticks() <= unit.pts()) {
        through = at;
      }
    }
    for (int i = 0; i < through; i++) {
      open.remove().batch().release();
    }
  }

  /** Forgets all held packets. */
  void clear() {
    open.forEach(packet -> packet.batch().release());
    open.clear();
  }

  /** The packets of the unit that is not complete; references stay with this track. */
  List<OpenPacket> open() {
    return new ArrayList<>(open);
  }

  /** Number of the first packet that a new reader gets as it was relayed. */
  int joinSequence() {
    return open.isEmpty() ? nextSequence & 0xffff : open.getFirst().sequence();
  }

  /** Largest packet seen, or the usual size. */
  int maxPacket() {
    return maxPacket;
  }

  void report(SenderReport newReport) {
    report = newReport;
  }

  /** The camera's last word on its clock, as it goes to readers; null before the first. */
  RtcpPacket.@Nullable SenderReport report() {
    SenderReport known = report;
    return known == null
        ? null
        : new RtcpPacket.SenderReport(
            ssrc,
            NtpTime.of(known.ntp()),
            (known.rtpTicks() + shift) & 0xffff_ffffL,
            packets & 0xffff_ffffL,
            octets & 0xffff_ffffL,
            List.of());
  }
}
