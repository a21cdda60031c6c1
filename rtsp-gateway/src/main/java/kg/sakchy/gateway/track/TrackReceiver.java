package kg.sakchy.gateway.track;

import java.nio.ByteBuffer;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.hub.FaultSummary;
import kg.sakchy.gateway.hub.FaultSummary.Fault;
import kg.sakchy.gateway.hub.StreamAccounting;
import kg.sakchy.gateway.transport.MediaPath;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.rtcp.ReceptionStatistics;
import kg.sakchy.media.rtcp.ReportBlock;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtp.SequenceTracker;
import kg.sakchy.media.rtp.TimestampUnwrapper;

/**
 * Receives one RTP source: counts what is lost, unwraps its time, and feeds the depacketizer. A
 * restart of the source (another SSRC, a leap of its sequence numbers) and a jump of its time by
 * more than {@link #JUMP_SECONDS} break the run instead of bending its time.
 *
 * <p>In: packets in the order of arrival (TCP) or put back into order (UDP). Threads: confined to
 * the stream's event loop.
 */
public final class TrackReceiver implements MediaPath.Receiver, Depacketizer.Output {
  /** Longest step of RTP time between neighbouring packets that is believed. */
  static final int JUMP_SECONDS = 10;

  private final int track;
  private final Codec codec;
  private final int payloadType;
  private final Depacketizer depacketizer;
  private final RunAssembler run;
  private final PacketTap tap;
  private final ArrivalStamp stamp;
  private final StreamAccounting accounting;
  private final FaultSummary faults;
  private final RtpPacket packet = new RtpPacket();
  private final SequenceTracker sequences = new SequenceTracker();
  private final TimestampUnwrapper time;
  private final ReceptionStatistics statistics;
  private long lastPacketNanos;
  private boolean heard;
  private boolean left;

  /**
   * @param source the track as the camera described it
   * @param run takes the samples; the track is added to it here
   * @param tap sees each packet before its samples come
   */
  public TrackReceiver(
      TrackSource source,
      RunAssembler run,
      PacketTap tap,
      ArrivalStamp stamp,
      StreamAccounting accounting,
      FaultSummary faults) {
    this.codec = source.codec();
    this.payloadType = source.payloadType();
    this.depacketizer = source.depacketizer();
    this.run = run;
    this.tap = tap;
    this.stamp = stamp;
    this.accounting = accounting;
    this.faults = faults;
    time = new TimestampUnwrapper((long) JUMP_SECONDS * source.clockRate());
    statistics = new ReceptionStatistics(sequences, source.clockRate());
    track = run.add(codec, source.knownFormat());
  }

  public Codec codec() {
    return codec;
  }

  @Override
  public void rtp(ByteBuffer data) {
    if (!packet.parse(data)) {
      faults.count(Fault.MALFORMED_PACKET, 1);
      return;
    }
    if (packet.payloadType() != payloadType) {
      faults.count(Fault.FOREIGN_PAYLOAD, 1);
      return;
    }
    accounting.packet(data.remaining());
    heard = true;
    lastPacketNanos = stamp.nanos();
    switch (sequences.accept(packet)) {
      case OLD -> faults.count(Fault.OLD_PACKET, 1);
      case NEXT -> push();
      case RESTART -> {
        depacketizer.flush(this);
        time.reset();
        run.breakTrack(track);
        push();
      }
    }
  }

  private void push() {
    int lost = sequences.lostBefore();
    if (lost > 0) {
      accounting.lost(lost);
      faults.count(Fault.LOST_PACKET, lost);
    }
    long ticks = time.unwrap(packet.timestamp());
    if (time.jumped()) {
      depacketizer.flush(this);
      run.breakTrack(track);
    }
    statistics.packet(ticks, stamp.nanos());
    tap.packet(packet, ticks);
    depacketizer.push(packet, ticks, lost, this);
  }

  @Override
  public void rtcp(ByteBuffer compound) {
    for (RtcpPacket each : RtcpPacket.parse(compound)) {
      switch (each) {
        case RtcpPacket.SenderReport report -> senderReport(report);
        case RtcpPacket.Bye bye -> left |= heard && bye.ssrc() == sequences.ssrc();
        case RtcpPacket.ReceiverReport _,
            RtcpPacket.SourceDescription _,
            RtcpPacket.Nack _,
            RtcpPacket.PictureLoss _ -> {
          // nothing in them for a receiver
        }
      }
    }
  }

  private void senderReport(RtcpPacket.SenderReport report) {
    if (!heard || report.ssrc() != sequences.ssrc()) {
      return; // before the first packet its place on the line of time is not known
    }
    statistics.senderReport(report, stamp.nanos());
    if (report.ntp().known()) {
      run.senderReport(
          new SenderReport(
              track,
              time.peek(report.rtpTimestamp()),
              report.ntp().toInstant(),
              stamp.utc(),
              stamp.nanos()));
    }
  }

  /** Delivers what is unfinished; at the end of a connection. */
  public void finish() {
    depacketizer.flush(this);
  }

  /** Whether a packet of this track has come yet. */
  public boolean heard() {
    return heard;
  }

  /** Whether the camera said that this source ends (BYE). */
  public boolean left() {
    return left;
  }

  /** Arrival of the newest packet, monotonic; of no meaning before {@link #heard()}. */
  public long lastPacketNanos() {
    return lastPacketNanos;
  }

  /** The block about this source for a receiver report sent now; after {@link #heard()} only. */
  public ReportBlock report(long nowNanos) {
    return statistics.report(nowNanos);
  }

  @Override
  public void format(TrackFormat format) {
    run.format(track, format);
  }

  @Override
  public void sample(long pts, long dts, boolean keyFrame, byte[] data) {
    run.sample(track, pts, dts, keyFrame, data);
  }

  @Override
  public void lost(long packets, String reason) {
    run.lost(track, packets, reason);
  }
}
