package kg.sakchy.onvif.imaging;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be set at a sensor ({@code timg:GetOptions}, {@code timg:GetMoveOptions}).
 *
 * @param focusModes {@code AUTO}, {@code MANUAL}, as the camera lists them
 * @param focusSpeed greatest speed of a continuous movement of the focus, or null without
 * @param focusStep greatest step of a relative movement, or null without
 * @param focusPosition last position of an absolute movement, or null without
 * @param exposureModes {@code AUTO}, {@code MANUAL}
 * @param irisMin least attenuation in dB, or null without iris
 * @param irisMax greatest attenuation in dB, or null without iris
 * @param dayNightModes of the infrared cut filter: {@code ON} (day), {@code OFF} (night), {@code
 *     AUTO}
 */
public record ImagingAbilities(
    Set<String> focusModes,
    @Nullable Double focusSpeed,
    @Nullable Double focusStep,
    @Nullable Double focusPosition,
    Set<String> exposureModes,
    @Nullable Double irisMin,
    @Nullable Double irisMax,
    Set<String> dayNightModes) {
  static final ImagingAbilities NONE =
      new ImagingAbilities(Set.of(), null, null, null, Set.of(), null, null, Set.of());

  public ImagingAbilities {
    focusModes = Set.copyOf(focusModes);
    exposureModes = Set.copyOf(exposureModes);
    dayNightModes = Set.copyOf(dayNightModes);
  }

  public boolean hasFocus() {
    return focusSpeed != null || focusStep != null || focusPosition != null;
  }

  public boolean hasIris() {
    return irisMin != null && irisMax != null && irisMax > irisMin;
  }

  public boolean hasDayNight() {
    return dayNightModes.size() > 1;
  }
}
