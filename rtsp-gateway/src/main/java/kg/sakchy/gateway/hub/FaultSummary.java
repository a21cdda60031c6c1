package kg.sakchy.gateway.hub;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import kg.sakchy.core.camera.StreamId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at most once a second what went wrong with single packets, so that a sick camera cannot fill
 * the log.
 *
 * <p>Threads: confined to the stream's event loop.
 */
public final class FaultSummary {
  private static final Logger log = LoggerFactory.getLogger(FaultSummary.class);
  private static final long PERIOD_NANOS = 1_000_000_000L;

  private final StreamId stream;
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private long writtenAt;
  private boolean written;

  /** What can be wrong with a packet. */
  public enum Fault {
    MALFORMED_PACKET("malformed RTP packets"),
    LOST_PACKET("RTP packets lost"),
    OLD_PACKET("duplicate or late RTP packets"),
    FOREIGN_PAYLOAD("RTP packets of undeclared payload types"),
    FOREIGN_CHANNEL("packets on channels nobody asked for"),
    FOREIGN_SENDER("datagrams from strangers"),
    GARBAGE_BYTE("bytes between frames that belong to nothing");

    private final String words;

    Fault(String words) {
      this.words = words;
    }
  }

  public FaultSummary(StreamId stream) {
    this.stream = stream;
  }

  public void count(Fault fault, long times) {
    if (times > 0) {
      counts.merge(fault, times, Long::sum);
    }
  }

  /** Writes what was counted since the last line, if a second has passed. */
  public void tick(long nowNanos) {
    if (!counts.isEmpty() && (!written || nowNanos - writtenAt >= PERIOD_NANOS)) {
      written = true;
      writtenAt = nowNanos;
      StringJoiner line = new StringJoiner(", ");
      counts.forEach((fault, times) -> line.add(times + " " + fault.words));
      counts.clear();
      log.atWarn().addKeyValue("stream", stream).log("{}", line);
    }
  }
}
