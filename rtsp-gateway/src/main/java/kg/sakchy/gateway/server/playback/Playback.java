package kg.sakchy.gateway.server.playback;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.gateway.server.delivery.Outlet;
import kg.sakchy.gateway.server.offer.Offer;
import kg.sakchy.media.rtcp.RtcpWriter;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.PlayFields;
import org.jspecify.annotations.Nullable;

/**
 * Plays the archive to one session; each PLAY breaks off the one before.
 *
 * <p>Threads: {@link #prepare}, {@link #pause} and {@link #close} one at a time, from threads that
 * may block; events come from the thread that plays.
 */
public final class Playback {
  /** Faster than this, only key frames are sent. */
  private static final double FASTEST_WHOLE = 4;

  /** Longest wait for a read that is under way. */
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final PlaybackContext context;
  private final StreamId stream;
  private final Offer offer;
  private final Outlet outlet;
  private final Events events;
  private final PlaybackTracks tracks;
  private final PlayTimeline timeline = new PlayTimeline();
  private @Nullable Run run;
  private boolean hasRoom;

  /** What the session is told. */
  public interface Events {
    /** Pictures of a stretch of UTC are on their way; stretches may meet and overlap. */
    void shown(Instant from, Instant to);

    /** All was sent, RTCP's farewell too. */
    void ended();

    /** Playing cannot go on. */
    void failed(VmsException why);
  }

  /** A run and what stops it. */
  private record Run(PlayRun run, FrameSender sender, Thread thread) {}

  /**
   * @param setUp indexes of the tracks that the client wants
   */
  public Playback(
      PlaybackContext context,
      StreamId stream,
      Offer offer,
      Outlet outlet,
      Set<Integer> setUp,
      Events events) {
    this.context = context;
    this.stream = stream;
    this.offer = offer;
    this.outlet = outlet;
    this.events = events;
    tracks = new PlaybackTracks(offer, setUp, context.random());
  }

  /**
   * What will be played.
   *
   * @param range from the first unit that is sent
   * @param starts the first packet of each track
   * @param begin begins to send; to be called once the answer is on its way
   */
  public record Prepared(
      ClockRange range, double scale, boolean rateControl, List<Start> starts, Runnable begin) {}

  /** The first packet of a track, as RTP-Info tells it. */
  public record Start(int track, int sequence, long rtpTime) {}

  /**
   * Looks up where to begin, and breaks off what is played if there is something.
   *
   * @param start where to begin, or null to go on where it was broken off
   * @param bounds what may be seen, from the start on; an end in the future is waited for
   * @param open whether the end is only a bound: then the recording is followed
   * @throws VmsException NOT_FOUND if nothing is recorded there; RESOURCE_EXHAUSTED if too many
   *     play; FAILED_PRECONDITION if it needs another description
   */
  public Prepared prepare(
      PlayFields fields,
      @Nullable Instant start,
      TimeRange bounds,
      boolean open,
      boolean rateControl,
      boolean extension,
      int cseq) {
    Run before = run;
    Instant from = start;
    if (from == null) {
      from = before == null ? bounds.start() : before.run().position();
    }
    boolean backwards = fields.scale() < 0;
    boolean intraOnly = fields.intraOnly() || Math.abs(fields.scale()) > FASTEST_WHOLE;
    Instant end = open ? null : backwards ? bounds.start() : bounds.end();
    PlayOrder order =
        new PlayOrder(
            from, end, fields.scale(), rateControl, intraOnly, fields.interval(), extension, cseq);
    ArchiveWalk walk = new ArchiveWalk(context.archive(), stream, context.clock(), bounds, from);
    Stretch first = backwards ? walk.previous() : walk.next();
    if (first == null || (end != null && !backwards && !first.start().isBefore(end))) {
      throw new VmsException(ErrorKind.NOT_FOUND, "nothing is recorded in that range");
    }
    if (!offer.carriesVideo(UnitReader.formats(first.segment()))) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "what was recorded then needs another description");
    }
    takeRoom();
    stop();
    return prepared(order, walk, first);
  }

  private Prepared prepared(PlayOrder order, ArchiveWalk walk, Stretch first) {
    FrameSender sender = new FrameSender(outlet, context.patience());
    UnitSender units = new UnitSender(order, tracks, timeline, sender, events::shown);
    PlayRun play =
        new PlayRun(order, context.archive(), offer, context.clock(), walk, units, sender);
    Thread thread =
        Thread.ofVirtual().name("rtsp-playback").unstarted(() -> play(play, sender, first));
    run = new Run(play, sender, thread);
    List<Start> starts = new ArrayList<>();
    for (int track : tracks.tracks()) {
      if (tracks.carries(track)) {
        long ticks =
            tracks.origin(track)
                + PlayTimeline.ticks(timeline.next(), tracks.offered(track).clockRate());
        starts.add(new Start(track, tracks.packetizer(track).nextSequence(), ticks & 0xffff_ffffL));
      }
    }
    return new Prepared(
        new ClockRange(first.start(), order.end()),
        order.scale(),
        order.rateControl(),
        starts,
        thread::start);
  }

  private void takeRoom() {
    if (!hasRoom) {
      if (!context.room().tryAcquire()) {
        throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "too many clients play the archive");
      }
      hasRoom = true;
      context.metrics().playbacks().incrementAndGet();
    }
  }

  private void play(PlayRun play, FrameSender sender, Stretch first) {
    try {
      play.play(first);
      if (!sender.isStopped()) {
        for (int track : tracks.tracks()) {
          if (tracks.carries(track)) {
            ByteBuffer bye = RtcpWriter.bye(tracks.ssrc(track));
            sender.control(track, bye);
          }
        }
        events.ended();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (VmsException e) {
      if (!sender.isStopped()) {
        events.failed(e);
      }
    } catch (RuntimeException e) { // the supervisor of this thread
      events.failed(new VmsException(ErrorKind.INTERNAL, "playing the archive failed", e));
    }
  }

  /** Breaks off what is played; {@link #prepare} without a start goes on there. */
  public void pause() {
    stop();
  }

  private void stop() {
    Run now = run;
    if (now == null) {
      return;
    }
    now.sender().stop();
    Thread thread = now.thread();
    if (thread.getState() != Thread.State.NEW) {
      try {
        if (!thread.join(STOP_WAIT)) {
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        thread.interrupt();
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends for good. Idempotent. */
  public void close() {
    stop();
    if (hasRoom) {
      hasRoom = false;
      context.metrics().playbacks().decrementAndGet();
      context.room().release();
    }
  }
}
