package kg.sakchy.sim;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtcp.RtcpWriter;
import kg.sakchy.media.rtp.NtpTime;
import org.jspecify.annotations.Nullable;

/**
 * One camera of a {@link SimServer}: its faults, what happens to it, and what it saw.
 *
 * <p>Threads: public methods may be called from any thread; events happen soon after the call.
 */
public final class SimCamera {
  private static final long TICKS_OF_WRAP = 1L << 32;

  private final String path;
  private final SimFaults faults;
  private final ServerContext server;
  private final PacketShaper shaper;
  private final List<TrackState> tracks = new ArrayList<>();
  private final Set<RtspConnection> connections = new HashSet<>();
  private final List<SimSession> viewers = new ArrayList<>();
  private final AtomicInteger openConnections = new AtomicInteger();
  private final AtomicInteger mostConnections = new AtomicInteger();
  private final AtomicInteger playing = new AtomicInteger();
  private final AtomicLong plays = new AtomicLong();
  private final AtomicLong teardowns = new AtomicLong();
  private final AtomicLong keepAlives = new AtomicLong();
  private final AtomicLong timeouts = new AtomicLong();
  private final AtomicLong receiverReports = new AtomicLong();
  private final AtomicLong samplesDropped = new AtomicLong();
  private final List<TrackFormat> formats;
  private volatile @Nullable SimAccess access;
  private volatile boolean offline;
  private volatile @Nullable EdgeRecording edge;
  private boolean feeding;
  private int nonceGeneration;
  private MediaFeed feed;
  private boolean waitingForKeyFrame;

  SimCamera(String path, MediaFeed feed, SimFaults faults, ServerContext server) {
    this.path = path;
    this.feed = feed;
    this.formats = List.copyOf(feed.formats());
    this.faults = faults;
    this.server = server;
    this.shaper = new PacketShaper(faults);
    for (int i = 0; i < feed.formats().size(); i++) {
      tracks.add(new TrackState(feed.clock(i).ssrc()));
    }
  }

  /** Without a slash in front. */
  public String path() {
    return path;
  }

  public SimFaults faults() {
    return faults;
  }

  /** RTSP address without user and password. */
  public URI uri() {
    return server.uri(path);
  }

  /** Its tracks, in the order of their indexes. */
  public List<TrackFormat> formats() {
    return formats;
  }

  /**
   * The link to the network breaks, or is back: open connections are dropped, and new ones closed
   * as soon as they name this camera. It goes on seeing and recording.
   */
  public void setOffline(boolean on) {
    offline = on;
    if (on) {
      disconnect();
    }
  }

  /** Looks where a head looks from now on, if its media is a scene that can be looked at so. */
  public void follow(Supplier<PtzPosition> head) {
    server
        .loop()
        .execute(
            () -> {
              if (feed.media() instanceof PtzScene scene) {
                scene.follow(head);
              }
            });
  }

  /** RTSP address of what the camera records, for ONVIF's replay. */
  public URI replayUri() {
    return server.uri(path + ReplayConversation.SUFFIX);
  }

  /**
   * The camera records in itself from now on, whatever the network does.
   *
   * @param keep how long samples are kept; they are in memory
   */
  public EdgeRecording recordOnEdge(Duration keep) {
    EdgeRecording recording = new EdgeRecording(formats, keep);
    edge = recording;
    server
        .loop()
        .execute(
            () -> {
              if (viewers.isEmpty() && !feeding) {
                feeding = true;
                feed.add(this);
              }
            });
    return recording;
  }

  /** What it records in itself, or null if it does not. */
  public @Nullable EdgeRecording edge() {
    return edge;
  }

  boolean offline() {
    return offline;
  }

  /** From now on a password is asked for. */
  public void protect(SimAccess newAccess) {
    access = newAccess;
  }

  /** All nonces given out are stale; the next request is challenged anew. */
  public void expireNonces() {
    server.loop().execute(() -> nonceGeneration++);
  }

  /** Closes all connections without a word, as a camera that restarts in mid-stream. */
  public void disconnect() {
    server.loop().execute(() -> List.copyOf(connections).forEach(RtspConnection::close));
  }

  /**
   * All connections of this moment die half-open: nothing is sent, read or closed any more, as when
   * the power fails behind a switch. New connections are served.
   */
  public void freeze() {
    server.loop().execute(() -> List.copyOf(connections).forEach(RtspConnection::freeze));
  }

  /** Ends all sessions without closing connections; requests that name them get 454. */
  public void forgetSessions() {
    server.loop().execute(() -> server.sessionsOf(this).forEach(server::end));
  }

  /** RTP time jumps, forward or back. */
  public void jumpTimestamps(Duration by) {
    server
        .loop()
        .execute(
            () -> {
              for (int i = 0; i < tracks.size(); i++) {
                tracks.get(i).shiftTicks(MediaTime.ticks(by, feed.clock(i).clockRate()));
              }
            });
  }

  /**
   * RTP time moves to shortly before its 32 bits overflow; best done before PLAY, since it is a
   * jump too.
   */
  public void wrapTimestampsIn(Duration time) {
    server
        .loop()
        .execute(
            () -> {
              for (int i = 0; i < tracks.size(); i++) {
                FeedClock clock = feed.clock(i);
                long now = tracks.get(i).toViewer(clock.started() ? clock.ticksNow() : 0);
                long wanted = TICKS_OF_WRAP - MediaTime.ticks(time, clock.clockRate());
                tracks.get(i).shiftTicks(wanted - now);
              }
            });
  }

  /**
   * Shows something else from its next key frame on, for example in another resolution; viewers see
   * the same source go on. It should have its parameter sets in band ({@link
   * ClipOptions#withParameterSetsInBand}).
   *
   * @param media with the same codecs in the same order
   */
  public void switchTo(SimMedia media) {
    List<Codec> before = feed.formats().stream().map(format -> format.codec()).toList();
    if (!media.formats().stream().map(format -> format.codec()).toList().equals(before)) {
      throw new IllegalArgumentException("media with other codecs");
    }
    server.loop().execute(() -> follow(server.feed(media)));
  }

  private void follow(MediaFeed next) {
    for (int i = 0; i < tracks.size(); i++) {
      FeedClock clock = feed.clock(i);
      tracks.get(i).follow(tracks.get(i).toViewer(clock.started() ? clock.ticksNow() : 0));
    }
    if (feeding) {
      feed.remove(this);
      next.add(this);
    }
    feed = next;
    waitingForKeyFrame = true;
  }

  /** RTSP connections open now that named this camera. */
  public int connections() {
    return openConnections.get();
  }

  /** Most of them that were ever open at a time. */
  public int mostConnections() {
    return mostConnections.get();
  }

  /** Sessions playing now. */
  public int playing() {
    return playing.get();
  }

  /** PLAY requests answered. */
  public long plays() {
    return plays.get();
  }

  /** TEARDOWN requests answered. */
  public long teardowns() {
    return teardowns.get();
  }

  /** OPTIONS, GET_PARAMETER and SET_PARAMETER requests that named a session. */
  public long keepAlives() {
    return keepAlives.get();
  }

  /** Sessions that ended for want of a request. */
  public long timeouts() {
    return timeouts.get();
  }

  /** Interleaved RTCP packets from viewers. */
  public long receiverReports() {
    return receiverReports.get();
  }

  /** Samples not sent because a viewer did not keep up: 0, or the load was too much. */
  public long samplesDropped() {
    return samplesDropped.get();
  }

  // What follows is called on the loop.

  @Nullable SimAccess access() {
    return access;
  }

  int nonceGeneration() {
    return nonceGeneration;
  }

  MediaFeed feed() {
    return feed;
  }

  /** Number and time of a track's next packet, for RTP-Info; the time only while it is played. */
  int nextSequence(int track) {
    return tracks.get(track).toViewer(feed.packetizer(track).nextSequence());
  }

  @Nullable Long ticksNow(int track) {
    FeedClock clock = feed.clock(track);
    return clock.started() ? tracks.get(track).toViewer(clock.ticksNow()) & 0xffff_ffffL : null;
  }

  void opened(RtspConnection connection) {
    if (connections.add(connection)) {
      int open = openConnections.incrementAndGet();
      mostConnections.accumulateAndGet(open, Math::max);
    }
  }

  void closed(RtspConnection connection) {
    if (connections.remove(connection)) {
      openConnections.decrementAndGet();
    }
  }

  void play(SimSession session) {
    plays.incrementAndGet();
    if (viewers.contains(session)) {
      return;
    }
    viewers.add(session);
    playing.set(viewers.size());
    if (!feeding) {
      feeding = true;
      feed.add(this);
    }
  }

  void stop(SimSession session) {
    if (viewers.remove(session)) {
      playing.set(viewers.size());
      if (viewers.isEmpty() && edge == null) {
        feeding = false;
        feed.remove(this);
      }
    }
  }

  void countTeardown() {
    teardowns.incrementAndGet();
  }

  void countKeepAlive() {
    keepAlives.incrementAndGet();
  }

  void countTimeout() {
    timeouts.incrementAndGet();
  }

  void countReceiverReport() {
    receiverReports.incrementAndGet();
  }

  void countDropped() {
    samplesDropped.incrementAndGet();
  }

  boolean hasViewers() {
    return !viewers.isEmpty();
  }

  /** A sample of the feed goes onto the camera's card, if it has one. */
  void record(int track, long pts, boolean keyFrame, byte[] data) {
    EdgeRecording recording = edge;
    if (recording != null) {
      FeedClock clock = feed.clock(track);
      Duration ago = MediaTime.duration(clock.ticksNow() - pts, clock.clockRate());
      Instant now = server.options().clock().now().plus(faults.clockOffset());
      recording.append(track, pts, keyFrame, data, now.minus(ago));
    }
  }

  /** A sample of the feed goes to all viewers. */
  void deliver(PacketBatch batch) {
    Codec.Kind kind = feed.formats().get(batch.track()).codec().kind();
    if (faults.isStalled() || faults.isMuted(kind)) {
      return;
    }
    if (waitingForKeyFrame && kind == Codec.Kind.VIDEO) {
      if (!batch.keyFrame()) {
        return;
      }
      waitingForKeyFrame = false;
    }
    TrackState state = tracks.get(batch.track());
    PacketBatch shaped = shaper.shape(batch, state);
    for (SimSession viewer : viewers) {
      viewer.media(shaped);
    }
    if (shaped != batch) {
      shaped.release();
    }
    report(batch.track(), state);
  }

  private void report(int track, TrackState state) {
    long interval = server.options().reportInterval().toNanos();
    if (!faults.isSenderReports() || !state.takeReportTurn(System.nanoTime(), interval)) {
      return;
    }
    ByteBuffer compound =
        RtcpWriter.senderReport(
            new RtcpPacket.SenderReport(
                state.ssrc(),
                NtpTime.of(server.options().clock().now().plus(faults.clockOffset())),
                state.toViewer(feed.clock(track).ticksNow()) & 0xffff_ffffL,
                state.packets() & 0xffff_ffffL,
                state.octets() & 0xffff_ffffL,
                List.of()),
            path);
    for (SimSession viewer : viewers) {
      viewer.control(track, compound);
    }
  }
}
