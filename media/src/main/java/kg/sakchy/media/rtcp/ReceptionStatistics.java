package kg.sakchy.media.rtcp;

import kg.sakchy.media.rtp.SequenceTracker;

/**
 * Gathers what a receiver report says of one source (RFC 3550 §6.4.1, §A.3, §A.8).
 *
 * <p>Threads: confined to one.
 */
public final class ReceptionStatistics {
  private static final long NANOS = 1_000_000_000L;
  private static final int LOST_LIMIT = 0x7f_ffff;

  private final SequenceTracker sequences;
  private final int clockRate;
  private boolean started;
  private long lastTransit;
  private long jitter16;
  private long reportedReceived;
  private long reportedLost;
  private long lastSenderReport;
  private long senderReportAt;

  /**
   * @param sequences what has seen every packet of the source
   * @param clockRate ticks per second of the source's RTP time
   */
  public ReceptionStatistics(SequenceTracker sequences, int clockRate) {
    this.sequences = sequences;
    this.clockRate = clockRate;
  }

  /**
   * Notes a packet's arrival for the jitter (§A.8).
   *
   * @param timestamp its RTP time, 32 bits or unwrapped
   * @param arrivalNanos monotonic
   */
  public void packet(long timestamp, long arrivalNanos) {
    long arrivalTicks = arrivalNanos / NANOS * clockRate + arrivalNanos % NANOS * clockRate / NANOS;
    long transit = arrivalTicks - timestamp;
    if (started) {
      long difference = Math.abs((long) (int) (transit - lastTransit));
      jitter16 += difference - ((jitter16 + 8) >> 4);
    }
    started = true;
    lastTransit = transit;
  }

  /** Notes a sender report's arrival. */
  public void senderReport(RtcpPacket.SenderReport report, long arrivalNanos) {
    lastSenderReport = report.ntp().middle();
    senderReportAt = arrivalNanos;
  }

  /** The block for a report sent now; the next one counts losses from here. */
  public ReportBlock report(long nowNanos) {
    long receivedSince = sequences.received() - reportedReceived;
    long lostSince = sequences.lost() - reportedLost;
    reportedReceived = sequences.received();
    reportedLost = sequences.lost();
    long expectedSince = receivedSince + lostSince;
    int fraction = expectedSince == 0 ? 0 : (int) Math.min(255, lostSince * 256 / expectedSince);
    long delay = lastSenderReport == 0 ? 0 : (nowNanos - senderReportAt) * 65_536 / NANOS;
    return new ReportBlock(
        sequences.ssrc(),
        fraction,
        (int) Math.min(LOST_LIMIT, sequences.lost()),
        sequences.highest() & 0xffff_ffffL,
        Math.min(jitter16 >> 4, 0xffff_ffffL),
        lastSenderReport,
        Math.min(delay, 0xffff_ffffL));
  }
}
