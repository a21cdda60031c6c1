package kg.sakchy.gateway.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import kg.sakchy.media.rtcp.ReportBlock;
import kg.sakchy.media.rtcp.RtcpWriter;

/**
 * Tells the camera every five seconds what arrived (RFC 3550 §6.4.2): some end a session that sends
 * no reports, and a router between keeps its UDP ports open.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class ReceiverReports {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Whatever the viewers lose, a camera is asked for a key frame no more often. */
  private static final Duration KEY_FRAME_INTERVAL = Duration.ofSeconds(1);

  private static final String NAME = "sakchy";

  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private final List<SessionTrack> tracks;
  private long sentAt;
  private long askedAt;

  ReceiverReports(List<SessionTrack> tracks, long nowNanos) {
    this.tracks = tracks;
    sentAt = nowNanos - INTERVAL.toNanos();
    askedAt = nowNanos - KEY_FRAME_INTERVAL.toNanos();
  }

  /** Sends reports if they are due; the first with the first tick. */
  void tick(long nowNanos) {
    if (nowNanos - sentAt < INTERVAL.toNanos()) {
      return;
    }
    sentAt = nowNanos;
    for (SessionTrack track : tracks) {
      track.path().sendRtcp(RtcpWriter.receiverReport(ssrc, blocks(track, nowNanos), NAME));
    }
  }

  /** Sends a picture loss indication for the video (RFC 4585 §6.3.1), at most once a second. */
  void requestKeyFrame(long nowNanos) {
    SessionTrack video = tracks.getFirst();
    if (video.receiver().heard() && nowNanos - askedAt >= KEY_FRAME_INTERVAL.toNanos()) {
      askedAt = nowNanos;
      video.path().sendRtcp(RtcpWriter.pictureLoss(ssrc, video.receiver().report(nowNanos), NAME));
    }
  }

  private static List<ReportBlock> blocks(SessionTrack track, long nowNanos) {
    return track.receiver().heard() ? List.of(track.receiver().report(nowNanos)) : List.of();
  }
}
