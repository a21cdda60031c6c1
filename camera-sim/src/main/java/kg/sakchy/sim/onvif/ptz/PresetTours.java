package kg.sakchy.sim.onvif.ptz;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tours from preset to preset; at most one is under way. Threads: confined to the loop. */
public final class PresetTours {
  static final int MAX_TOURS = 4;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Presets presets;
  private final PtzHead head;
  private final ScheduledExecutorService loop;
  private final Map<String, Tour> tours = new LinkedHashMap<>();
  private int nextToken = 1;
  private String touring = "";
  private @Nullable ScheduledFuture<?> timer;

  /**
   * A stop of a tour.
   *
   * @param preset token, or empty for home
   */
  record Spot(String preset, double speed, Duration stay) {}

  /** A tour. */
  record Tour(String token, String name, boolean autoStart, List<Spot> spots) {}

  public PresetTours(Presets presets, PtzHead head, ScheduledExecutorService loop) {
    this.presets = presets;
    this.head = head;
    this.loop = loop;
  }

  Map<String, Tour> all() {
    return tours;
  }

  String newToken() {
    return "Tour_" + nextToken++;
  }

  boolean isTouring(String token) {
    return touring.equals(token);
  }

  void start(Tour tour) {
    stop();
    if (!tour.spots().isEmpty()) {
      touring = tour.token();
      go(tour, 0);
    }
  }

  void stop() {
    touring = "";
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void go(Tour tour, int index) {
    Spot spot = tour.spots().get(index % tour.spots().size());
    Presets.Preset preset = presets.find(spot.preset());
    presets.go(preset == null ? presets.home() : preset.place(), spot.speed());
    arrive(tour, index, spot.stay());
  }

  /** The stay begins when the head is there. */
  private void arrive(Tour tour, int index, Duration stay) {
    boolean there = !head.moving();
    timer =
        loop.schedule(
            () -> {
              if (there) {
                go(tour, index + 1);
              } else {
                arrive(tour, index, stay);
              }
            },
            (there ? stay : LOOK_AGAIN).toNanos(),
            TimeUnit.NANOSECONDS);
  }
}
