package kg.sakchy.gateway.server.playback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.server.offer.Offer;
import org.jspecify.annotations.Nullable;

/**
 * Plays one order to its end: reads groups of pictures and hands their units on.
 *
 * <p>Threads: confined to the virtual thread that plays; it blocks.
 */
final class PlayRun {
  /** How often to look whether more was recorded. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  /** What lies this far back is not going to be recorded any more. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final PlayOrder order;
  private final Archive archive;
  private final Offer offer;
  private final VmsClock clock;
  private final ArchiveWalk walk;
  private final UnitSender units;
  private final FrameSender sender;
  private volatile Instant position;
  private @Nullable UnitReader reader;
  private @Nullable Segment formatOf;

  PlayRun(
      PlayOrder order,
      Archive archive,
      Offer offer,
      VmsClock clock,
      ArchiveWalk walk,
      UnitSender units,
      FrameSender sender) {
    this.order = order;
    this.archive = archive;
    this.offer = offer;
    this.clock = clock;
    this.walk = walk;
    this.units = units;
    this.sender = sender;
    position = order.start();
  }

  /** Where it is: what was handed on last; any thread. */
  Instant position() {
    return position;
  }

  /**
   * Plays.
   *
   * @param first the stretch that the walk gave first
   * @throws VmsException what the archive or the client's patience says
   */
  void play(Stretch first) throws InterruptedException {
    boolean more = stretch(first);
    while (more && !sender.isStopped()) {
      Stretch next = order.backwards() ? walk.previous() : walk.next();
      if (next != null) {
        more = stretch(next);
      } else {
        more = !order.backwards() && awaitMore();
      }
    }
    if (!sender.isStopped()) {
      units.end();
    }
  }

  /** Waits a moment; false if nothing more can come. */
  private boolean awaitMore() throws InterruptedException {
    Instant end = order.end();
    if (end != null && end.isBefore(clock.now().minus(SETTLED))) {
      return false;
    }
    sender.flush();
    return sender.await(System.nanoTime() + LOOK_AGAIN.toNanos());
  }

  private boolean stretch(Stretch stretch) throws InterruptedException {
    if (isBehindEnd(stretch)) {
      return false;
    }
    Segment segment = stretch.segment();
    if (formatOf == null || !segment.init().equals(formatOf.init())) {
      List<TrackFormat> formats = UnitReader.formats(segment);
      if (!offer.carriesVideo(formats)) {
        throw new VmsException(
            ErrorKind.FAILED_PRECONDITION, "what was recorded then needs another description");
      }
      units.format(newParameters(formats));
      formatOf = segment;
    }
    boolean mirrored = order.backwards() && order.intraOnly();
    if (!stretch.follows() && !mirrored) {
      units.hole();
    }
    UnitReader known = reader;
    if (known == null) {
      known = new UnitReader(archive, offer, segment, this::take);
      reader = known;
    }
    try {
      boolean keyOnly = order.intraOnly() && stretch.key() >= 0;
      return known.read(keyOnly ? stretch.keyFrameOnly() : stretch);
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      units.hole(); // retention was faster
      return true;
    }
  }

  private @Nullable TrackFormat newParameters(List<TrackFormat> formats) {
    int index = offer.video().indexIn(formats);
    TrackFormat now = index < 0 ? null : formats.get(index);
    return now == null || now.config().equals(offer.video().format().config()) ? null : now;
  }

  private boolean isBehindEnd(Stretch stretch) {
    Instant end = order.end();
    if (end == null || stretch.key() < 0) {
      return false;
    }
    return order.backwards() ? stretch.start().isBefore(end) : !stretch.start().isBefore(end);
  }

  private boolean take(ArchivedUnit unit) throws InterruptedException {
    Instant end = order.end();
    boolean video = offer.tracks().get(unit.track()).isVideo();
    if (end != null && !order.backwards()) {
      if (video && !unit.decodeAt().isBefore(end)) {
        return false;
      }
      if (!video && !unit.at().isBefore(end)) {
        return true;
      }
    }
    if (video) {
      position = unit.at();
    }
    return units.take(unit);
  }
}
