package kg.sakchy.gateway.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import kg.sakchy.media.rtcp.RtcpWriter;

/**
 * Tells the camera every five seconds what arrived (RFC 3550 §6.4.2): some end a session that sends
 * no reports, and a router between keeps its UDP ports open.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class ReceiverReports {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final String NAME = "sakchy";

  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private final List<SessionTrack> tracks;
  private long sentAt;

  ReceiverReports(List<SessionTrack> tracks, long nowNanos) {
    this.tracks = tracks;
    sentAt = nowNanos - INTERVAL.toNanos();
  }

  /** Sends reports if they are due; the first with the first tick. */
  void tick(long nowNanos) {
    if (nowNanos - sentAt < INTERVAL.toNanos()) {
      return;
    }
    sentAt = nowNanos;
    for (SessionTrack track : tracks) {
      track
          .path()
          .sendRtcp(
              RtcpWriter.receiverReport(
                  ssrc,
                  track.receiver().heard() ? List.of(track.receiver().report(nowNanos)) : List.of(),
                  NAME));
    }
  }
}
