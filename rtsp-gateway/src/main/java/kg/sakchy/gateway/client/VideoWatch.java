package kg.sakchy.gateway.client;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.track.RunAssembler;
import kg.sakchy.gateway.track.TrackReceiver;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a camera that agreed to play really sends video, goes on sending it, and that
 * pictures come of it.
 *
 * <p>When the video falls silent, the camera is asked a question halfway to the limit: if it
 * answers, the silence is its fault, else the network's.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class VideoWatch {
  /** Video without one whole picture for this many stall timeouts is of no use. */
  static final int PICTURE_FACTOR = 6;

  private final List<SessionTrack> tracks;
  private final RunAssembler run;
  private final Conversation conversation;
  private final KeepAlive keepAlive;
  private final Duration limit;
  private long countsFrom;
  private boolean probed;
  private long answersAtProbe;

  VideoWatch(
      List<SessionTrack> tracks,
      RunAssembler run,
      Conversation conversation,
      KeepAlive keepAlive,
      Duration limit,
      long nowNanos) {
    this.tracks = tracks;
    this.run = run;
    this.conversation = conversation;
    this.keepAlive = keepAlive;
    this.limit = limit;
    countsFrom = nowNanos;
  }

  /** Silence before {@code nowNanos} does not count. */
  void excuse(long nowNanos) {
    countsFrom = nowNanos;
  }

  /** Why the session is of no use any more, or null. */
  @Nullable Failure tick(long nowNanos) {
    TrackReceiver video = tracks.getFirst().receiver();
    if (video.left()) {
      return Failure.camera(ErrorKind.UNAVAILABLE, "the camera ended the stream");
    }
    long last = video.heard() ? Math.max(video.lastPacketNanos(), countsFrom) : countsFrom;
    long silence = nowNanos - last;
    if (silence >= limit.toNanos()) {
      return video.heard() ? stalled() : withoutVideo();
    }
    probe(silence, nowNanos);
    return nowNanos - Math.max(run.lastVideoNanos(), countsFrom) >= PICTURE_FACTOR * limit.toNanos()
        ? Failure.camera(
            ErrorKind.FAILED_PRECONDITION,
            "the camera sends video, but no key frame or no parameter sets")
        : null;
  }

  private void probe(long silence, long nowNanos) {
    if (silence < limit.toNanos() / 2) {
      probed = false;
    } else if (!probed) {
      probed = true;
      answersAtProbe = conversation.answers();
      keepAlive.send(nowNanos);
    }
  }

  private Failure stalled() {
    String seconds = String.format(Locale.ROOT, "%.1f s", limit.toMillis() / 1000.0);
    return conversation.answers() > answersAtProbe
        ? Failure.camera(
            ErrorKind.TIMEOUT, "no video for " + seconds + ", though the camera still answers")
        : Failure.network(
            ErrorKind.TIMEOUT, "neither video nor an answer from the camera for " + seconds);
  }

  private Failure withoutVideo() {
    boolean others = tracks.stream().anyMatch(track -> track.receiver().heard());
    return Failure.camera(
        ErrorKind.TIMEOUT,
        others
            ? "connected, but the camera sends no video, only other tracks"
            : "connected, but the camera sends no video");
  }
}
