package kg.sakchy.web.hls;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.hls.Directives;
import kg.sakchy.media.hls.LiveEdge;
import kg.sakchy.media.hls.MediaPlaylist;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.archive.ExistingFootage;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * Media Playlists (RFC 8216bis §6.2): of the present, or from a moment of the archive on. A request
 * that names what comes next waits for it, and holds no thread meanwhile.
 */
public final class PlaylistOperation {
  /** How long the first viewer of a stream waits for its first segment. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  private final LiveRings rings;
  private final Listings listings;
  private final ExistingFootage footage;
  private final MediaRights rights;
  private final VmsClock clock;

  public PlaylistOperation(LiveRings rings, Archive archive, MediaRights rights, VmsClock clock) {
    this.rings = rings;
    this.listings = new Listings(archive);
    this.footage = new ExistingFootage(archive);
    this.rights = rights;
    this.clock = clock;
  }

  /** The main stream. */
  public Answer main(Call call) {
    return answer(call, StreamName.MAIN);
  }

  /** The sub stream. */
  public Answer sub(Call call) {
    return answer(call, StreamName.SUB);
  }

  private Answer answer(Call call, StreamName name) {
    PlaylistRequest request = PlaylistRequest.of(call, name, rights, clock.now());
    Instant from = request.from();
    return from == null ? present(request) : listed(request, from);
  }

  private Answer present(PlaylistRequest request) {
    LiveRing ring = rings.open(request.stream());
    Directives wanted = request.directives();
    Optional<LiveWindow> now = ring.window().filter(PlaylistOperation::hasBegun);
    if (now.isEmpty()) {
      return new Answer.Waiting(
          ring.when(window -> hasBegun(window) && has(window, wanted), FIRST),
          () -> present(request, ring));
    }
    if (!wanted.waits() || has(now.get(), wanted)) {
      return present(request, ring);
    }
    requireNear(wanted, now.get().segments().nextNumber());
    Duration patience = PlaylistRequest.patience(now.get().segments().targetSeconds());
    return new Answer.Waiting(
        ring.when(window -> has(window, wanted), patience), () -> present(request, ring));
  }

  private static Answer present(PlaylistRequest request, LiveRing ring) {
    LiveWindow window = ring.window().orElseThrow(PlaylistOperation::nothingCame);
    if (!has(window, request.directives())) {
      throw nothingCame();
    }
    MediaPlaylist playlist =
        new MediaPlaylist(
            window.segments(),
            window.edge(),
            MediaPlaylist.Ending.SLIDING,
            false,
            media(request),
            request.query());
    return written(playlist, request.directives());
  }

  /** Players refuse a playlist that has parts and no segment yet. */
  private static boolean hasBegun(LiveWindow window) {
    return !window.segments().segments().isEmpty();
  }

  private static boolean has(LiveWindow window, Directives wanted) {
    return !wanted.waits() || wanted.satisfied(window.segments().nextNumber(), window.begunParts());
  }

  private Answer listed(PlaylistRequest request, Instant from) {
    Listing listing =
        listings.get(new Listings.Key(request.stream(), from, request.end()), clock.now());
    Instant now = clock.now();
    LiveRing ring = listing.isOpen() ? ring(request) : null;
    Listing.State state = listing.extend(now, window(ring));
    Directives wanted = request.directives();
    LiveWindow live = window(ring);
    if (ring == null || live == null || !state.joined() || !wanted.waits()) {
      return listed(request, from, state, live);
    }
    long next = state.segments().nextNumber();
    if (wanted.satisfied(next, live.begunParts())) {
      return listed(request, from, state, live);
    }
    requireNear(wanted, next);
    long ahead = live.segments().nextNumber() - next;
    Directives inRing = new Directives(wanted.number() + ahead, wanted.part(), wanted.skip());
    return new Answer.Waiting(
        ring.when(
            window -> has(window, inRing),
            PlaylistRequest.patience(state.segments().targetSeconds())),
        () -> come(request, from, listing, ring));
  }

  /** After the wait. */
  private Answer come(PlaylistRequest request, Instant from, Listing listing, LiveRing ring) {
    LiveWindow live = ring.window().orElseThrow(PlaylistOperation::nothingCame);
    Listing.State state = listing.extend(clock.now(), live);
    if (state.joined()
        && !request.directives().satisfied(state.segments().nextNumber(), live.begunParts())) {
      throw nothingCame();
    }
    return listed(request, from, state, live);
  }

  private Answer listed(
      PlaylistRequest request, Instant from, Listing.State state, @Nullable LiveWindow live) {
    if (state.segments().segments().isEmpty()) {
      throw footage.missing(
          request.stream(), "nothing is recorded from " + from + " on", clock.now());
    }
    LiveEdge edge = state.joined() && live != null ? live.edge() : null;
    MediaPlaylist playlist =
        new MediaPlaylist(
            state.segments(),
            edge,
            state.ended() ? MediaPlaylist.Ending.ENDED : MediaPlaylist.Ending.GROWING,
            !state.ended(),
            media(request),
            request.query());
    return written(playlist, request.directives());
  }

  /** The live ring, if the camera can be reached. */
  private @Nullable LiveRing ring(PlaylistRequest request) {
    try {
      return rings.open(request.stream());
    } catch (VmsException e) {
      return null; // the archive is served as it grows
    }
  }

  private static @Nullable LiveWindow window(@Nullable LiveRing ring) {
    return ring == null ? null : ring.window().orElse(null);
  }

  private static void requireNear(Directives wanted, long next) {
    wanted
        .tooFar(next)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  private static VmsException nothingCame() {
    return new VmsException(ErrorKind.UNAVAILABLE, "nothing comes from the camera just now");
  }

  private static String media(PlaylistRequest request) {
    return request.stream().name().code() + "/";
  }

  private static Answer written(MediaPlaylist playlist, Directives directives) {
    return HlsAnswers.playlist(
        Buffer.buffer(directives.skip() ? playlist.delta() : playlist.text()));
  }
}
