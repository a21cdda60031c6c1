package kg.sakchy.core.ptz;

import java.util.Set;

/**
 * What a dome can do.
 *
 * @param continuous whether it moves by velocity
 * @param absolute whether it goes to positions in degrees
 * @param endlessPan whether it turns full circles
 * @param minTiltDegrees lowest
 * @param maxTiltDegrees highest
 * @param maxZoomFactor 1 without zoom
 * @param zoomIsMeasured whether factors come from focal lengths or angles, not from a guess
 * @param home whether it has a home position
 * @param maxPresets 0 without presets
 * @param maxTours 0 without tours
 * @param auxiliaries which devices it has
 * @param focus whether the focus can be moved
 * @param iris whether the iris can be set
 * @param dayNight whether the infrared cut filter can be set
 */
public record PtzAbilities(
    boolean continuous,
    boolean absolute,
    boolean endlessPan,
    double minTiltDegrees,
    double maxTiltDegrees,
    double maxZoomFactor,
    boolean zoomIsMeasured,
    boolean home,
    int maxPresets,
    int maxTours,
    Set<PtzCommand.Auxiliary.Device> auxiliaries,
    boolean focus,
    boolean iris,
    boolean dayNight) {
  public PtzAbilities {
    auxiliaries = Set.copyOf(auxiliaries);
  }
}
