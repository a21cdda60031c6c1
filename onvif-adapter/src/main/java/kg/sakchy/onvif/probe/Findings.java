package kg.sakchy.onvif.probe;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceWarning;
import kg.sakchy.core.device.DeviceWarning.Kind;
import kg.sakchy.core.device.MediaProfile;
import kg.sakchy.onvif.device.DeviceInformation;
import kg.sakchy.onvif.media.Profile;
import kg.sakchy.onvif.media.VideoEncoder;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SystemDateAndTime;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has collected, and what it means.
 *
 * <p>Threads: immutable.
 *
 * @param address where the camera answered
 * @param services that it offers
 * @param information who it says it is
 * @param general the answers that do not concern video
 * @param video the answers that do
 * @param clock its clock as it tells it, or null
 * @param offset its clock minus ours, or null
 */
record Findings(
    DeviceAddress address,
    Set<OnvifService> services,
    DeviceInformation information,
    General general,
    Video video,
    @Nullable SystemDateAndTime clock,
    @Nullable Duration offset) {
  private static final double LONG_GOP_SECONDS = 4;

  /** Cameras tell whole seconds, so an offset is known to one. */
  private static final Duration WRONG_CLOCK = Duration.ofSeconds(2);

  /**
   * Answers of the device service.
   *
   * @param endpoint its endpoint reference, or empty
   * @param scopes its scopes
   * @param hardwareAddress MAC address, if it tells one
   */
  record General(String endpoint, List<String> scopes, Optional<String> hardwareAddress) {}

  /**
   * Answers of the media service.
   *
   * @param profiles as the camera orders them
   * @param media2 whether Media2 is spoken
   * @param brokenMedia2 whether Media2 is listed and does not work
   * @param streams addresses by profile token
   * @param snapshots addresses by profile token
   */
  record Video(
      List<Profile> profiles,
      boolean media2,
      boolean brokenMedia2,
      Map<String, URI> streams,
      Map<String, URI> snapshots) {}

  DeviceReport report() {
    List<Profile> reachable =
        video.profiles().stream()
            .filter(profile -> video.streams().containsKey(profile.token()))
            .toList();
    StreamChoice choice = StreamChoice.of(reachable);
    Profile main = choice.main();
    Profile sub = choice.sub();
    return new DeviceReport(
        address,
        identity(),
        onvifProfiles(),
        features(main),
        video.profiles().stream().map(this::mediaProfile).toList(),
        main == null ? null : main.token(),
        sub == null ? null : sub.token(),
        offset,
        warnings(main, sub));
  }

  private DeviceIdentity identity() {
    return new DeviceIdentity(
        general.endpoint(),
        information.make(),
        information.model(),
        information.firmware(),
        information.serial(),
        general.hardwareAddress().orElse(information.hardware()));
  }

  /** What it claims; where it claims nothing, what its services amount to. */
  private Set<String> onvifProfiles() {
    Set<String> claimed = new TreeSet<>(OnvifScopes.profiles(general.scopes()));
    if (claimed.isEmpty() && !video.profiles().isEmpty()) {
      claimed.add(video.media2() ? "T" : "S");
      if (hasEdgeRecording()) {
        claimed.add("G");
      }
    }
    return claimed;
  }

  private boolean hasEdgeRecording() {
    return services.contains(OnvifService.SEARCH) && services.contains(OnvifService.REPLAY);
  }

  private Set<DeviceFeature> features(@Nullable Profile main) {
    Set<DeviceFeature> features = EnumSet.noneOf(DeviceFeature.class);
    add(features, DeviceFeature.MEDIA2, video.media2());
    add(features, DeviceFeature.PTZ, video.profiles().stream().anyMatch(this::hasPtz));
    add(features, DeviceFeature.IMAGING, services.contains(OnvifService.IMAGING));
    add(features, DeviceFeature.AUDIO, main != null && main.audio() != null);
    add(
        features,
        DeviceFeature.BACKCHANNEL,
        video.profiles().stream().anyMatch(Profile::backchannel));
    add(features, DeviceFeature.EVENTS, services.contains(OnvifService.EVENTS));
    add(features, DeviceFeature.EDGE_RECORDING, hasEdgeRecording());
    add(features, DeviceFeature.METADATA, video.profiles().stream().anyMatch(Profile::metadata));
    return features;
  }

  private static void add(Set<DeviceFeature> features, DeviceFeature feature, boolean has) {
    if (has) {
      features.add(feature);
    }
  }

  private boolean hasPtz(Profile profile) {
    return services.contains(OnvifService.PTZ) && profile.ptz() != null;
  }

  private MediaProfile mediaProfile(Profile profile) {
    VideoEncoder encoder = profile.encoder();
    String token = profile.token();
    return new MediaProfile(
        token,
        profile.name(),
        encoder == null ? "" : encoder.codec(),
        encoder == null ? 0 : encoder.width(),
        encoder == null ? 0 : encoder.height(),
        encoder == null ? 0 : encoder.fps(),
        encoder == null ? 0 : encoder.kbps(),
        encoder == null ? 0 : encoder.govLength(),
        profile.audio(),
        hasPtz(profile),
        profile.metadata(),
        video.streams().get(token),
        video.snapshots().get(token));
  }

  private List<DeviceWarning> warnings(@Nullable Profile main, @Nullable Profile sub) {
    List<DeviceWarning> warnings = new ArrayList<>();
    if (offset != null && offset.abs().compareTo(WRONG_CLOCK) >= 0) {
      warnings.add(
          warning(Kind.CLOCK_WRONG, Long.toString(Math.round(offset.toMillis() / 1000.0))));
    }
    if (clock != null && !clock.byNtp()) {
      warnings.add(warning(Kind.NO_NTP));
    }
    if (DefaultPasswords.contains(address.credentials())) {
      warnings.add(warning(Kind.DEFAULT_PASSWORD));
    }
    if (!"https".equalsIgnoreCase(address.service().getScheme())) {
      warnings.add(warning(Kind.NO_TLS));
    }
    if (video.brokenMedia2()) {
      warnings.add(warning(Kind.BROKEN_SERVICE, OnvifService.MEDIA2.name()));
    }
    if (!video.profiles().isEmpty() && !video.media2()) {
      warnings.add(warning(Kind.PROFILE_S_ONLY));
    }
    if (main != null && sub == null) {
      warnings.add(warning(Kind.NO_SUB_STREAM));
    }
    for (Profile profile : video.profiles()) {
      VideoEncoder encoder = profile.encoder();
      if (encoder != null && !StreamChoice.isRecordable(encoder.codec())) {
        warnings.add(warning(Kind.UNSUPPORTED_CODEC, profile.token(), encoder.codec()));
      } else if (encoder != null && (profile.equals(main) || profile.equals(sub))) {
        aboutEncoder(warnings, profile.token(), encoder);
      }
    }
    return warnings;
  }

  private static void aboutEncoder(
      List<DeviceWarning> warnings, String profile, VideoEncoder encoder) {
    double gop = encoder.fps() > 0 ? encoder.govLength() / encoder.fps() : 0;
    if (gop > LONG_GOP_SECONDS) {
      warnings.add(warning(Kind.LONG_GOP, profile, String.format(Locale.ROOT, "%.1f", gop)));
    }
    if (encoder.codec().endsWith("+")) {
      warnings.add(warning(Kind.SMART_CODEC, profile, encoder.codec()));
    }
  }

  private static DeviceWarning warning(Kind kind, String... values) {
    return new DeviceWarning(kind, List.of(values));
  }
}
