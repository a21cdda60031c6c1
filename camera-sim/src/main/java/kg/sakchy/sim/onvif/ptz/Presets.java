package kg.sakchy.sim.onvif.ptz;

import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.sim.PtzPosition;
import org.jspecify.annotations.Nullable;

/** Positions a head remembers. Threads: confined to the loop. */
public final class Presets {
  private final PtzHead head;
  private final Map<String, Preset> presets = new LinkedHashMap<>();
  private Place home;
  private int nextToken = 1;

  /** Where the head was, exactly. */
  record Place(double panDegrees, double tiltDegrees, double zoomShare) {}

  /** A place with a name. */
  record Preset(String token, String name, Place place) {}

  /** Home is where the head is now. */
  public Presets(PtzHead head) {
    this.head = head;
    this.home = here();
  }

  Place here() {
    PtzPosition now = head.position();
    return new Place(now.panDegrees(), now.tiltDegrees(), head.zoomShare());
  }

  Map<String, Preset> all() {
    return presets;
  }

  @Nullable Preset find(String token) {
    return presets.get(token);
  }

  /** A token that no preset has had. */
  String newToken() {
    return "Preset_" + nextToken++;
  }

  void put(Preset preset) {
    presets.put(preset.token(), preset);
  }

  void setHome() {
    home = here();
  }

  Place home() {
    return home;
  }

  /** Moves there. */
  void go(Place place, double speed) {
    head.turnTo(place.panDegrees(), place.tiltDegrees(), speed);
    head.zoomTo(place.zoomShare(), speed);
  }
}
