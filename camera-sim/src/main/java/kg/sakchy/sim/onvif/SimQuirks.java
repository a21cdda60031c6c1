package kg.sakchy.sim.onvif;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The quirks a device shows now. Threads: any. */
public final class SimQuirks {
  private volatile Set<SimQuirk> shown = Set.of();

  /** Turns some on; returns this. */
  public synchronized SimQuirks on(SimQuirk... quirks) {
    EnumSet<SimQuirk> next = EnumSet.noneOf(SimQuirk.class);
    next.addAll(shown);
    Collections.addAll(next, quirks);
    shown = next;
    return this;
  }

  /** Turns some off; returns this. */
  public synchronized SimQuirks off(SimQuirk... quirks) {
    EnumSet<SimQuirk> next = EnumSet.noneOf(SimQuirk.class);
    next.addAll(shown);
    for (SimQuirk quirk : quirks) {
      next.remove(quirk);
    }
    shown = next;
    return this;
  }

  public boolean has(SimQuirk quirk) {
    return shown.contains(quirk);
  }
}
