package kg.sakchy.onvif.imaging;

import org.jspecify.annotations.Nullable;

/**
 * How a sensor is set ({@code tt:ImagingSettings20}); null where the camera does not tell.
 *
 * @param dayNight {@code ON}, {@code OFF}, {@code AUTO}
 * @param focusMode {@code AUTO}, {@code MANUAL}
 * @param exposureMode {@code AUTO}, {@code MANUAL}
 * @param iris attenuation in dB; 0 is open
 */
public record ImagingSettings(
    @Nullable String dayNight,
    @Nullable String focusMode,
    @Nullable String exposureMode,
    @Nullable Double iris) {}
