package kg.sakchy.media.codec;

import org.jspecify.annotations.Nullable;

/**
 * Gathers what one hole in the media cost, so that it is reported once: the packets that are
 * missing, the ones thrown away with a damaged sample, and why.
 *
 * <p>Threads: confined to one.
 */
public final class LossTally {
  private long missing;
  private long discarded;
  private @Nullable String fault;

  /** Packets never arrived. */
  public void missing(long packets) {
    missing += packets;
  }

  /**
   * Packets arrived but are of no use.
   *
   * @param reason used if no packets are missing; the first one counts
   */
  public void discarded(long packets, String reason) {
    discarded += packets;
    if (fault == null) {
      fault = reason;
    }
  }

  /** Reports what was gathered, if anything, and begins anew. */
  public void report(Depacketizer.Output out) {
    if (missing + discarded == 0) {
      return;
    }
    String reason = reason();
    long packets = missing + discarded;
    missing = 0;
    discarded = 0;
    fault = null;
    out.lost(packets, reason);
  }

  private String reason() {
    if (missing == 0) {
      return packets(discarded) + " dropped: " + fault;
    }
    String lost = packets(missing) + " lost";
    return discarded == 0 ? lost : lost + ", " + discarded + " dropped with what they damaged";
  }

  private static String packets(long count) {
    return count == 1 ? "1 RTP packet" : count + " RTP packets";
  }
}
