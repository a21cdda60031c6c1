package kg.sakchy.core.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found out about a camera.
 *
 * @param address where it answered: after redirections, TLS and the rules for told addresses
 * @param identity who it says it is
 * @param onvifProfiles the letters of the profiles it claims: {@code S}, {@code T}, {@code G},
 *     {@code M}...
 * @param features what it can do
 * @param profiles its streams, as the camera orders them
 * @param mainProfile token of the profile that should be recorded, or null if none can be
 * @param subProfile token of the profile for small pictures, or null
 * @param clockOffset the camera's clock minus ours; null when it does not tell its time
 * @param warnings what to know
 */
public record DeviceReport(
    DeviceAddress address,
    DeviceIdentity identity,
    Set<String> onvifProfiles,
    Set<DeviceFeature> features,
    List<MediaProfile> profiles,
    @Nullable String mainProfile,
    @Nullable String subProfile,
    @Nullable Duration clockOffset,
    List<DeviceWarning> warnings) {
  public DeviceReport {
    onvifProfiles = Set.copyOf(onvifProfiles);
    features = Set.copyOf(features);
    profiles = List.copyOf(profiles);
    warnings = List.copyOf(warnings);
  }

  /** The profile of that token. */
  public Optional<MediaProfile> profile(@Nullable String token) {
    return profiles.stream().filter(profile -> profile.token().equals(token)).findFirst();
  }
}
