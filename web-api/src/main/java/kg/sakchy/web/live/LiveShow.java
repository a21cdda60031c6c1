package kg.sakchy.web.live;

import java.time.Duration;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.mp4.Fragment;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer sees of the present through one hold on a stream: runs of the camera with their
 * interruptions, less what the viewer is too slow for.
 *
 * <p>Threads: the viewer's.
 */
final class LiveShow implements AutoCloseable {
  /** A viewer further behind skips to the last key picture. */
  private static final Duration LATE = Duration.ofMillis(1_500);

  private static final Duration BETWEEN_DROP_MESSAGES = Duration.ofSeconds(1);
  private static final int MOST_UNITS_A_FRAGMENT = 128;

  private final VmsClock clock;
  private final LiveMetrics metrics;
  private final Wish wish;
  private final Wishes wishes;
  private final Presentation presentation;
  private final LiveViews.LiveView view;
  private final LiveFeed feed;
  private boolean withSound;
  private boolean mustReopen;
  private @Nullable StreamFormat seen;
  private @Nullable SelectedTracks tracks;
  private @Nullable LiveFragments run;
  private boolean skipping;
  private long dropped;
  private long droppedInAll;
  private long toldDroppedAt;

  LiveShow(
      ViewerPorts ports,
      Wish wish,
      Wishes wishes,
      Presentation presentation,
      LiveViews.LiveView view,
      boolean withSound) {
    clock = ports.clock();
    metrics = ports.metrics();
    this.wish = wish;
    this.wishes = wishes;
    this.presentation = presentation;
    this.view = view;
    this.withSound = withSound;
    toldDroppedAt = clock.nanoTime();
    feed = new LiveFeed(clock, wishes::ring);
    feed.open(view.stream());
  }

  /** Whether sound is sent if there is any: not after it failed to come. */
  boolean hasSound() {
    return withSound;
  }

  /**
   * Shows what comes; returns when something else is wanted, or when the stream must be opened anew
   * because this viewer cannot play it any more.
   *
   * @throws VmsException UNSUPPORTED when it never could
   */
  void run() {
    while (!mustReopen) {
      wishes.await(() -> !feed.isEmpty() && !presentation.isBehind());
      if (wishes.areOthers()) {
        return;
      }
      take();
      tellDropped();
    }
  }

  /** Takes what waits, as one fragment unless it is much or something else lies between. */
  private void take() {
    for (int units = 0; units < MOST_UNITS_A_FRAGMENT; units++) {
      LiveFeed.Entry entry = feed.poll();
      if (entry == null || mustReopen) {
        break;
      }
      switch (entry) {
        case LiveFeed.Entry.Unit unit -> unit(unit);
        case LiveFeed.Entry.Format(StreamFormat format) -> begin(format);
        case LiveFeed.Entry.Report(var report) -> {
          if (run != null) {
            run.report(report);
          }
        }
        case LiveFeed.Entry.Away(var why) -> {
          flush();
          run = null;
          presentation.away(why);
        }
      }
    }
    flush();
  }

  private void begin(StreamFormat format) {
    flush();
    run = null;
    StreamFormat before = seen;
    seen = format;
    try {
      SelectedTracks all = SelectedTracks.of(format.tracks(), wish.playable());
      tracks = withSound ? all : all.silent();
    } catch (VmsException e) {
      if (before == null) {
        throw e;
      }
      mustReopen = true;
    }
  }

  private void unit(LiveFeed.Entry.Unit unit) {
    SelectedTracks sent = tracks;
    if (sent == null || skips(unit)) {
      return;
    }
    LiveFragments into = run;
    if (into == null) {
      if (!unit.keyPicture()) {
        return;
      }
      long start = presentation.startOf(unit.unit().arrival());
      presentation.tracks(wish, sent, view.delivery(), start);
      into = new LiveFragments(sent, start);
      run = into;
    }
    into.add(unit.unit());
  }

  /** Leaves out units up to the last key picture that waits, once the next is too old. */
  private boolean skips(LiveFeed.Entry.Unit unit) {
    boolean others = feed.keyPictures() > 0;
    if (skipping && unit.keyPicture() && !others) {
      skipping = false;
    } else if (!skipping && others) {
      skipping = clock.nanoTime() - unit.since() > LATE.toNanos();
    }
    dropped += skipping ? 1 : 0;
    return skipping;
  }

  private void flush() {
    LiveFragments from = run;
    if (from == null) {
      return;
    }
    Fragment fragment = from.end();
    if (fragment.sizeBytes() > 0) {
      presentation.back();
      presentation.mapping(from.lastTicks(), from.lastUtc(), from.frame());
      presentation.media(fragment, from.endTicks());
    }
    if (from.soundIsMissing()) {
      withSound = false;
      mustReopen = true;
      presentation.clear();
    }
  }

  private void tellDropped() {
    dropped += feed.takeDropped();
    long now = clock.nanoTime();
    if (dropped > 0 && now - toldDroppedAt > BETWEEN_DROP_MESSAGES.toNanos()) {
      toldDroppedAt = now;
      droppedInAll += dropped;
      metrics.dropped(dropped);
      presentation.dropped(dropped, droppedInAll);
      dropped = 0;
    }
  }

  @Override
  public void close() {
    metrics.dropped(dropped);
    feed.close();
  }
}
