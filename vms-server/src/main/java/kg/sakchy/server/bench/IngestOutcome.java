package kg.sakchy.server.bench;

import java.time.Duration;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.server.VmsServer;

/**
 * What the archive holds after the cameras were taken away again.
 *
 * @param segmentsSealed segments that exist, wherever they are
 * @param segmentsIndexed those of them in the object store and the catalogue
 * @param gapSeconds seconds in the gap ledger, all cameras together
 */
public record IngestOutcome(long segmentsSealed, long segmentsIndexed, double gapSeconds) {
  private static final int MANY = 100_000;

  /** Waits until every segment is indexed, or until {@code patience} is over. */
  static IngestOutcome await(
      VmsServer server, List<StreamId> streams, TimeRange range, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    IngestOutcome outcome = look(server, streams, range);
    while (outcome.segmentsIndexed < outcome.segmentsSealed && System.nanoTime() < end) {
      Thread.sleep(200);
      outcome = look(server, streams, range);
    }
    return outcome;
  }

  private static IngestOutcome look(VmsServer server, List<StreamId> streams, TimeRange range) {
    long sealed = 0;
    long indexed = 0;
    double gaps = 0;
    for (StreamId stream : streams) {
      for (Segment segment : server.archive().segments(stream, range, MANY)) {
        sealed++;
        indexed += segment.state() == Segment.State.STORED ? 1 : 0;
      }
      for (Gap gap : server.archive().timeline(stream, range).gaps()) {
        gaps += gap.range().duration().toMillis() / 1e3;
      }
    }
    return new IngestOutcome(sealed, indexed, gaps);
  }
}
