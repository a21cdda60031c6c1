package kg.sakchy.gateway.replay;

import java.time.Instant;
import java.util.Arrays;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.gateway.track.PacketTap;
import kg.sakchy.media.rtp.ReplayExtension;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when the latest units of one track were taken, to tell it when their samples come: a
 * sample is made some packets after the one that carried its time.
 *
 * <p>Time: RTP ticks in, the camera's UTC out. Threads: confined to the replay's event loop.
 */
final class ReplayTimes implements PacketTap {
  /** More than wait anywhere between packet and sample, in units. */
  private static final int KEPT = 512;

  /** A sample this far behind the last time before it has none; units of sound share a packet. */
  private static final int REACH_SECONDS = 2;

  private static final Entry NOTHING =
      new Entry(Long.MIN_VALUE, new ReplayExtension(Instant.EPOCH, false, false, false, false, 0));

  private final int clockRate;
  private final Entry[] ring = new Entry[KEPT];
  private int newest = -1;
  private long packets;
  private boolean terminal;
  private boolean sectionEnd;

  /** A unit's RTP time and what the camera said of it. */
  private record Entry(long ticks, ReplayExtension stamp) {}

  /**
   * When a sample was taken.
   *
   * @param time by the camera's clock
   * @param discontinuity whether the camera says that something is missing before it
   */
  record Taken(Instant time, boolean discontinuity) {}

  ReplayTimes(int clockRate) {
    this.clockRate = clockRate;
    Arrays.fill(ring, NOTHING);
  }

  @Override
  public void packet(RtpPacket packet, long ticks) {
    packets++;
    ReplayExtension stamp = ReplayExtension.of(packet);
    if (stamp == null) {
      return; // only the first packet of a unit must have one
    }
    terminal |= stamp.terminal();
    sectionEnd = stamp.sectionEnd();
    if (newest >= 0 && ring[newest].ticks() == ticks) {
      return;
    }
    newest = (newest + 1) % KEPT;
    ring[newest] = new Entry(ticks, stamp);
  }

  /** How many packets came. */
  long packets() {
    return packets;
  }

  /** Whether the camera said that no more follows. */
  boolean isTerminal() {
    return terminal;
  }

  /** Whether a hole in the recording follows what came last. */
  boolean isSectionEnd() {
    return sectionEnd;
  }

  /** Whether any time was told yet. */
  boolean isKnown() {
    return newest >= 0;
  }

  /** When the sample of this presentation time was taken; null if the camera did not say. */
  @Nullable Taken at(long pts) {
    Entry before = null;
    for (int back = 0; back < KEPT && newest >= 0; back++) {
      Entry entry = ring[Math.floorMod(newest - back, KEPT)];
      if (entry.ticks() == pts) {
        return new Taken(entry.stamp().time(), entry.stamp().discontinuity());
      }
      boolean reaches =
          entry.ticks() < pts && entry.ticks() >= pts - (long) REACH_SECONDS * clockRate;
      if (reaches && (before == null || entry.ticks() > before.ticks())) {
        before = entry;
      }
    }
    return before == null
        ? null
        : new Taken(
            before.stamp().time().plus(MediaTime.duration(pts - before.ticks(), clockRate)), false);
  }
}
