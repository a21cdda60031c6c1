package kg.sakchy.server.bench;

import io.micrometer.core.instrument.Counter;
import java.util.Collection;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.server.VmsServer;

/**
 * What went through the server, all cameras together.
 *
 * @param packets RTP packets received
 * @param packetsLost RTP packets lost
 * @param reconnects connections made anew
 * @param parts parts written to the spool
 * @param bitsPerSecond media received over the last seconds
 */
public record IngestCounts(
    long packets, long packetsLost, long reconnects, long parts, long bitsPerSecond) {
  static IngestCounts of(VmsServer server) {
    long packets = 0;
    long lost = 0;
    long reconnects = 0;
    long bits = 0;
    for (LiveStream stream : server.streams().all()) {
      StreamStatus status = stream.status();
      packets += status.packetsReceived();
      lost += status.packetsLost();
      reconnects += status.reconnects();
      bits += status.bitsPerSecond();
    }
    return new IngestCounts(packets, lost, reconnects, parts(server), bits);
  }

  private static long parts(VmsServer server) {
    Collection<Counter> counters =
        server.metrics().find("sakchy.recorder.parts.written").counters();
    return Math.round(counters.stream().mapToDouble(Counter::count).sum());
  }

  IngestCounts since(IngestCounts before) {
    return new IngestCounts(
        packets - before.packets,
        packetsLost - before.packetsLost,
        reconnects - before.reconnects,
        parts - before.parts,
        bitsPerSecond);
  }
}
