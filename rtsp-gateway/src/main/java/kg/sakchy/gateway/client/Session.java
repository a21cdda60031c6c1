package kg.sakchy.gateway.client;

import java.util.List;
import kg.sakchy.core.config.GatewayConfig;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.track.RunAssembler;
import org.jspecify.annotations.Nullable;

/**
 * A session that plays: what must happen from time to time while its packets flow.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class Session {
  private final List<SessionTrack> tracks;
  private final KeepAlive keepAlive;
  private final ReceiverReports reports;
  private final VideoWatch watch;

  /** A session of which PLAY was just answered. */
  Session(
      Dialogue dialogue,
      Conversation conversation,
      RunAssembler run,
      GatewayConfig config,
      long nowNanos) {
    tracks = dialogue.tracks();
    keepAlive =
        new KeepAlive(
            conversation,
            dialogue.sessionUri().toString(),
            dialogue.offers("GET_PARAMETER"),
            dialogue.sessionTimeout(),
            config.responseTimeout(),
            nowNanos);
    reports = new ReceiverReports(tracks, nowNanos);
    watch = new VideoWatch(tracks, run, conversation, keepAlive, config.stallTimeout(), nowNanos);
  }

  /** Silence up to {@code nowNanos} is not the camera's: we did not read. */
  void excuseSilence(long nowNanos) {
    watch.excuse(nowNanos);
  }

  /** Asks for a key frame of the video, unless that was done a moment ago. */
  void requestKeyFrame(long nowNanos) {
    reports.requestKeyFrame(nowNanos);
  }

  /** Does what is due; returns why the session is over, or null. */
  @Nullable Failure tick(long nowNanos) {
    tracks.forEach(track -> track.path().tick(nowNanos));
    keepAlive.tick(nowNanos);
    reports.tick(nowNanos);
    Failure failure = watch.tick(nowNanos);
    return failure == null ? keepAlive.failure() : failure;
  }
}
