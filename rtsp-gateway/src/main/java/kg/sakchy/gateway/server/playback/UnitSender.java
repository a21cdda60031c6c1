package kg.sakchy.gateway.server.playback;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.server.offer.OfferedTrack;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.ParameterSetPrefix;
import kg.sakchy.media.rtp.ReplayExtension;
import org.jspecify.annotations.Nullable;

/**
 * Sends the units of one PLAY: places them on the client's line, waits for their time, and marks
 * them. A picture is held back until it is known what follows it, so that the last one can say so.
 *
 * <p>Threads: confined to the one that plays.
 */
final class UnitSender {
  /** Room that packets must leave for the extension. */
  static final int EXTENSION_BYTES = 16;

  /** What a single picture counts as. */
  private static final Duration PICTURE = Duration.ofMillis(1);

  /** Pictures that are further apart than was asked for and this do not belong together. */
  private static final Duration APART = Duration.ofSeconds(10);

  private final PlayOrder order;
  private final PlaybackTracks tracks;
  private final PlayTimeline timeline;
  private final FrameSender sender;
  private final BiConsumer<Instant, Instant> shown;
  private final Set<Integer> begun = new HashSet<>();
  private final long startedNanos = System.nanoTime();
  private final long startedPlace;
  private @Nullable ArchivedUnit held;
  private boolean heldIsFirst;
  private @Nullable TrackFormat newFormat;
  private boolean sectionBegins = true;
  private @Nullable Instant lastKeyFrame;
  private @Nullable Instant lastShown;

  /**
   * @param shown told the stretches of UTC whose pictures are sent
   */
  UnitSender(
      PlayOrder order,
      PlaybackTracks tracks,
      PlayTimeline timeline,
      FrameSender sender,
      BiConsumer<Instant, Instant> shown) {
    this.order = order;
    this.tracks = tracks;
    this.timeline = timeline;
    this.sender = sender;
    this.shown = shown;
    timeline.begin(order.scale(), order.rateControl());
    startedPlace = timeline.next();
  }

  /** Something is missing between the units so far and those to come. */
  void hole() throws InterruptedException {
    release(true, false);
    sectionBegins = true;
    lastShown = null;
  }

  /** The video's parameter sets to put before the next key frame; null if the client knows them. */
  void format(@Nullable TrackFormat format) {
    newFormat = format;
  }

  /** Takes a unit; false if no more is wanted. */
  boolean take(ArchivedUnit unit) throws InterruptedException {
    OfferedTrack track = tracks.offered(unit.track());
    if (!tracks.carries(unit.track())) {
      return !sender.isStopped();
    }
    if (!track.isVideo()) {
      if (!order.intraOnly() && !order.backwards() && !sectionBegins) {
        send(unit, false, false, begun.add(unit.track()));
      }
      return !sender.isStopped();
    }
    if (order.intraOnly() && !isDue(unit)) {
      return !sender.isStopped();
    }
    release(false, false);
    if (sectionBegins) {
      timeline.section(unit.at(), order.backwards() && order.intraOnly());
      begun.clear();
      sectionBegins = false;
      heldIsFirst = true;
    }
    held = unit;
    lastKeyFrame = unit.keyFrame() ? unit.at() : lastKeyFrame;
    return !sender.isStopped();
  }

  private boolean isDue(ArchivedUnit unit) {
    if (!unit.keyFrame()) {
      return false;
    }
    return lastKeyFrame == null
        || Duration.between(lastKeyFrame, unit.at()).abs().compareTo(order.interval()) >= 0;
  }

  /** Nothing follows. */
  void end() throws InterruptedException {
    release(false, true);
    sender.flush();
  }

  /** Sends the picture that was held back. */
  private void release(boolean sectionEnd, boolean terminal) throws InterruptedException {
    ArchivedUnit unit = held;
    if (unit != null) {
      held = null;
      boolean first = heldIsFirst;
      heldIsFirst = false;
      send(unit, sectionEnd, terminal, first);
    }
  }

  private void send(ArchivedUnit unit, boolean sectionEnd, boolean terminal, boolean first)
      throws InterruptedException {
    long place = timeline.place(unit.at());
    if (order.rateControl() && !sender.await(startedNanos + place - startedPlace)) {
      return;
    }
    OfferedTrack track = tracks.offered(unit.track());
    Packetizer packetizer = tracks.packetizer(unit.track());
    byte[] data = unit.data();
    if (track.isVideo() && unit.keyFrame() && newFormat != null) {
      data = ParameterSetPrefix.before(data, newFormat);
      newFormat = null;
    }
    List<ByteBuffer> packets = new ArrayList<>();
    packetizer.packetize(
        tracks.origin(unit.track()) + PlayTimeline.ticks(place, track.clockRate()),
        data,
        packets::add);
    if (order.extension() && !packets.isEmpty()) {
      ReplayExtension extension =
          new ReplayExtension(
              unit.at(), unit.keyFrame(), sectionEnd, first, terminal, order.cseq() & 0xff);
      packets.set(0, extension.insert(packets.getFirst()));
    }
    sender.send(unit.track(), packets);
    if (order.rateControl()) {
      sender.flush();
    }
    if (track.isVideo()) {
      tellShown(unit.at());
    }
  }

  private void tellShown(Instant at) {
    Instant before = lastShown;
    lastShown = at;
    Duration most = order.interval().plus(APART);
    if (before == null || Duration.between(before, at).abs().compareTo(most) > 0) {
      before = at;
    }
    boolean forwards = !at.isBefore(before);
    shown.accept(forwards ? before : at, (forwards ? at : before).plus(PICTURE));
  }
}
