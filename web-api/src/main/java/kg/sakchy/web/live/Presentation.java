package kg.sakchy.web.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.audit.Witness;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.InitSegmentWriter;
import kg.sakchy.web.http.Rfc3339;
import kg.sakchy.web.http.SocketOperation;
import org.jspecify.annotations.Nullable;

/**
 * The line of media time that a client plays, and what the client was told of it: which tracks
 * follow, and what its time means in UTC. Media time has no gaps and never goes back but with a
 * {@code begin} message, at which the client forgets what it had.
 *
 * <p>Threads: one.
 */
final class Presentation {
  /** Media time of the first picture: there is room before it for what is decoded earlier. */
  static final long LEAD_TICKS = Segment.TIMESCALE;

  /** A group of pictures at the end of the archive that the present begins with once more. */
  private static final long LONGEST_JOINT = 30L * Segment.TIMESCALE;

  /** An error of the time shown that nobody sees. */
  private static final Duration CLOSE = Duration.ofMillis(40);

  private final SocketOperation.Peer peer;
  private final LiveMetrics metrics;
  private final Witness witness;
  private List<TrackFormat> told = List.of();
  private long next = LEAD_TICKS;
  private @Nullable Instant utcOfZero;
  private double frameSeconds;
  private boolean joining;
  private @Nullable String away;

  /**
   * @param witness is told what is shown, before it is
   */
  Presentation(SocketOperation.Peer peer, LiveMetrics metrics, Witness witness) {
    this.peer = peer;
    this.metrics = metrics;
    this.witness = witness;
  }

  /** The viewer asked for what he may not see. */
  void refused(Right lacking) {
    witness.refused(lacking);
  }

  /** Media time at which the next picture belongs. */
  long next() {
    return next;
  }

  /** Media time starts anew: the next tracks told begin with a {@code begin} message. */
  void clear() {
    told = List.of();
    next = LEAD_TICKS;
    utcOfZero = null;
  }

  /** Whether the client waits for a {@code begin}. */
  private boolean isFresh() {
    return told.isEmpty();
  }

  /**
   * Tells what follows and sends its init segment, unless the client has it already.
   *
   * @param shown media time to show first; counts for a {@code begin}
   * @throws kg.sakchy.core.error.VmsException when it cannot be recorded that it is shown
   */
  void tracks(Wish wish, SelectedTracks tracks, LiveViews.Delivery delivery, long shown) {
    if (wish.at() == null) {
      witness.live();
    } else {
      witness.archive();
    }
    if (tracks.formats().equals(told)) {
      return;
    }
    TrackFormat.Video video = tracks.video();
    JsonObject message =
        new JsonObject()
            .put("type", isFresh() ? "begin" : "format")
            .put("sequence", wish.sequence())
            .put("live", wish.at() == null)
            .put("delivery", delivery.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("mediaType", tracks.mediaType())
            .put("width", video.width())
            .put("height", video.height())
            .put("sound", tracks.hasSound());
    if (isFresh()) {
      message.put("mediaTime", MediaTicks.seconds(shown));
    }
    told = tracks.formats();
    utcOfZero = null;
    peer.send(message);
    peer.sendMedia(Buffer.buffer(InitSegmentWriter.write(told)));
  }

  /**
   * Tells what media time means, if it means something else than the client knows.
   *
   * @param media from here on
   * @param utc of it
   * @param frame how long a frame lasts
   */
  void mapping(long media, Instant utc, Duration frame) {
    Instant zero = utc.minus(MediaTicks.duration(media));
    Instant known = utcOfZero;
    double seconds = frame.toNanos() / 1e9;
    if (known != null
        && Duration.between(known, zero).abs().compareTo(CLOSE) < 0
        && Math.abs(seconds - frameSeconds) < frameSeconds / 4) {
      return;
    }
    utcOfZero = zero;
    frameSeconds = seconds;
    peer.send(
        new JsonObject()
            .put("type", "mapping")
            .put("mediaTime", MediaTicks.seconds(media))
            .put("utc", Rfc3339.format(Instant.ofEpochMilli(utc.toEpochMilli())))
            .put("frameSeconds", seconds));
  }

  /**
   * Sends media.
   *
   * @param end media time at which its pictures end
   */
  void media(Fragment fragment, long end) {
    Buffer buffer = Buffer.buffer(fragment.sizeBytes());
    fragment.pieces().forEach(buffer::appendBytes);
    metrics.sent(fragment.sizeBytes());
    peer.sendMedia(buffer);
    Instant zero = utcOfZero;
    if (zero != null) {
      witness.delivered(zero.plus(MediaTicks.duration(next)), zero.plus(MediaTicks.duration(end)));
    }
    next = Math.max(next, end);
  }

  /** Nothing comes from the camera; told again only when the reason is another. */
  void away(Interruption why) {
    String told = why.cause() + why.message();
    if (!told.equals(away)) {
      away = told;
      peer.send(
          new JsonObject()
              .put("type", "interrupted")
              .put("cause", why.cause().code())
              .put("code", why.kind().code())
              .put("message", why.message())
              .put("at", Rfc3339.format(why.at())));
    }
  }

  /** Pictures come again. */
  void back() {
    if (away != null) {
      away = null;
      peer.send(new JsonObject().put("type", "resumed"));
    }
  }

  /**
   * Frames were left out, because the client does not read in time.
   *
   * @param frames since this was told last
   */
  void dropped(long frames, long inAll) {
    peer.send(new JsonObject().put("type", "dropped").put("frames", frames).put("inAll", inAll));
  }

  /** The next picture comes after a stretch of which nothing can be shown. */
  void gap(TimeRange missing, MissingFootage why) {
    peer.send(
        new JsonObject()
            .put("type", "gap")
            .put("mediaTime", MediaTicks.seconds(next))
            .put("from", Rfc3339.format(missing.start()))
            .put("to", Rfc3339.format(missing.end()))
            .put("cause", why.cause().code())
            .put("detail", why.detail()));
  }

  /** Where the present begins whose first picture arrived at {@code arrival}. */
  long startOf(Instant arrival) {
    Instant zero = utcOfZero;
    if (!joining || zero == null) {
      return next;
    }
    joining = false;
    long start = MediaTicks.of(Duration.between(zero, arrival));
    return Math.clamp(start, Math.min(next, Math.max(LEAD_TICKS, next - LONGEST_JOINT)), next);
  }

  /**
   * What follows is the present. It begins with a key picture that the archive may have shown
   * already: it then takes the place of what was sent.
   */
  void live() {
    joining = true;
    peer.send(new JsonObject().put("type", "live").put("mediaTime", MediaTicks.seconds(next)));
  }

  /** Nothing more is shown. */
  void end() {
    witness.close();
  }

  /** Whether the client does not keep up just now. */
  boolean isBehind() {
    return peer.isBehind();
  }
}
