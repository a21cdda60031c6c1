package kg.sakchy.web.hls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.hls.ArchiveCutter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream on its way into parts, for as long as somebody asks for them and {@link #LINGER}
 * longer. Where the recorder writes the stream, its run is looked up first, so that what is live
 * now is found in the archive under the same names later.
 *
 * <p>Owns the view and its subscription. Threads: its own virtual thread cuts; what it publishes is
 * for everybody.
 */
final class LiveRing implements AutoCloseable {
  /** How long it goes on after it was last asked for. */
  static final Duration LINGER = Duration.ofSeconds(20);

  /** How long the recorder may take to write the first part of a new run. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(LiveRing.class);
  private static final long POLL_MILLIS = 100;

  /** How often the index is looked at while a run is awaited. */
  private static final long LOOK_NANOS = Duration.ofMillis(POLL_MILLIS).toNanos();

  private static final int MOST_HELD = 1_500;

  private final LiveViews.LiveView view;
  private final RunFinder finder;
  private final LeadIn leadIn;
  private final boolean recorded;
  private final VmsClock clock;
  private final Runnable onEnd;
  private final UnitQueue queue = new UnitQueue();
  private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile @Nullable LiveWindow window;
  private volatile long lastAsked;
  private volatile boolean over;

  // Confined to the thread.
  private final LiveLine line;
  private final long partTarget;
  private final List<AccessUnit> held = new ArrayList<>();
  private @Nullable StreamFormat format;
  private @Nullable LiveRun run;
  private long heldSince;
  private long lastLook;
  private long published;

  private record Waiter(Predicate<LiveWindow> wanted, CompletableFuture<Void> done) {}

  /**
   * @param recorded whether the recorder should be writing the stream
   * @param onEnd called once when it has ended
   */
  LiveRing(
      LiveViews.LiveView view,
      RunFinder finder,
      LeadIn leadIn,
      boolean recorded,
      VmsClock clock,
      Runnable onEnd) {
    this.view = view;
    this.finder = finder;
    this.leadIn = leadIn;
    this.recorded = recorded;
    this.clock = clock;
    this.onEnd = onEnd;
    this.lastAsked = clock.nanoTime();
    this.partTarget = PartTarget.ticks(view.stream().status().framesPerSecond());
    long begin = clock.now().toEpochMilli();
    // Counting by seconds since 1970 rises faster than segments do: the numbers of a later ring,
    // also after a restart of the server, are never less than those of this one.
    this.line = new LiveLine(begin, begin / 1_000, partTarget);
    this.thread =
        Thread.ofVirtual().name("hls-" + view.stream().id().camera()).unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** Somebody asks: it goes on. False when it has ended already. */
  boolean touch() {
    lastAsked = clock.nanoTime();
    return !over;
  }

  StreamId stream() {
    return view.stream().id();
  }

  /** How the camera's stream is doing. */
  StreamStatus status() {
    return view.stream().status();
  }

  /** What there is; empty before the first run is known. */
  Optional<LiveWindow> window() {
    return Optional.ofNullable(window);
  }

  /** Completes when the window is as wanted, or the ring ends, or time is up. */
  CompletableFuture<Void> when(Predicate<LiveWindow> wanted, Duration patience) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    done.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    Waiter waiter = new Waiter(wanted, done);
    waiters.add(waiter);
    LiveWindow now = window;
    if (over || (now != null && wanted.test(now))) {
      done.complete(null);
    }
    done.whenComplete((nothing, failure) -> waiters.remove(waiter));
    return done;
  }

  private void work() {
    LiveStream.Subscription subscription =
        view.stream().subscribe(queue, LiveStream.Start.LAST_KEY_FRAME);
    try {
      while (!over && clock.nanoTime() - lastAsked < LINGER.toNanos()) {
        handle(queue.poll(POLL_MILLIS));
        publish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("stream", view.stream().id()).setCause(e).log("live HLS ends");
    } finally {
      over = true;
      subscription.close();
      view.close();
      waiters.forEach(waiter -> waiter.done().complete(null));
      onEnd.run();
    }
  }

  private void handle(UnitQueue.@Nullable Event event) {
    switch (event) {
      case null -> settle();
      case UnitQueue.Event.Begun begun -> {
        endRun();
        format = begun.format();
      }
      case UnitQueue.Event.Media media -> take(media.unit());
      case UnitQueue.Event.Ended ended -> {
        endRun();
        format = null;
      }
    }
  }

  private void take(AccessUnit unit) {
    LiveRun now = run;
    if (now != null) {
      feed(now, unit);
      return;
    }
    StreamFormat known = format;
    boolean key = known != null && unit.track() == known.videoTrack() && unit.keyFrame();
    if (held.isEmpty() && !key) {
      return;
    }
    if (held.isEmpty()) {
      heldSince = clock.nanoTime();
    }
    held.add(unit);
    settle();
  }

  /** Finds the run of the units held back, or gives them one of their own. */
  private void settle() {
    StreamFormat known = format;
    long now = clock.nanoTime();
    boolean soon = held.size() > 1 && held.size() < MOST_HELD && now - lastLook < LOOK_NANOS;
    if (held.isEmpty() || known == null || run != null || soon) {
      return;
    }
    lastLook = now;
    AccessUnit key = held.getFirst();
    List<Segment> rows = finder.rows(key.arrival());
    Optional<RunPlace> found = finder.find(known, key, rows);
    boolean indexed = found.filter(place -> place.previousKey() != RunPlace.UNKNOWN).isPresent();
    boolean patient = recorded && held.size() < MOST_HELD && now - heldSince < PATIENCE.toNanos();
    if (!indexed && patient) {
      return;
    }
    RunPlace place = found.orElseGet(() -> RunPlace.own(known, key));
    List<AccessUnit> units = new ArrayList<>();
    if (place.archived() && !place.begins(key)) {
      leadIn.before(key, place, rows).ifPresent(units::addAll);
    }
    begin(units.isEmpty() ? place : place.beginning(), known, rows);
    units.addAll(held);
    held.clear();
    units.forEach(this::take);
  }

  private void begin(RunPlace place, StreamFormat known, List<Segment> rows) {
    line.place(place);
    if (place.archived()) {
      line.recorded(ArchiveCutter.cut(rows, null, clock.now()));
    }
    run = new LiveRun(place, known, partTarget, line);
  }

  private void feed(LiveRun now, AccessUnit unit) {
    if (now.place().archived() && now.begins(unit) && moved(now, unit)) {
      return;
    }
    if (!now.add(unit)) {
      endRun();
      take(unit);
    }
  }

  /**
   * Looks at the beginning of a segment whether the recorder still writes the same run. Returns
   * true when it does not, and the unit was taken into the new one.
   */
  private boolean moved(LiveRun now, AccessUnit unit) {
    StreamFormat known = format;
    if (known == null) {
      return false;
    }
    List<Segment> rows = finder.rows(unit.arrival());
    RunPlace found = finder.find(known, unit, rows).orElse(now.place());
    boolean same =
        found.run() == now.place().run() && found.shiftTicks() == now.place().shiftTicks();
    if (same) {
      line.place(found);
      if (!now.inSegment()) {
        long ticks = unit.dts() + found.shiftTicks();
        line.recorded(ArchiveCutter.before(rows, found.run(), ticks));
      }
      return false;
    }
    endRun();
    begin(found, known, rows);
    take(unit);
    return true;
  }

  private void endRun() {
    if (run != null) {
      run.end();
      run = null;
    }
    held.clear();
  }

  private void publish() {
    if (line.changes() == published) {
      return;
    }
    published = line.changes();
    LiveWindow now = line.window();
    window = now;
    for (Waiter waiter : waiters) {
      if (waiter.wanted().test(now)) {
        waiter.done().complete(null);
      }
    }
  }

  /** Ends it; its viewers get what is there. Idempotent. */
  @Override
  public void close() {
    over = true;
    thread.interrupt();
  }
}
