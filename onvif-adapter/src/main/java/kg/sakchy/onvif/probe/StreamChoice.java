package kg.sakchy.onvif.probe;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.onvif.media.Profile;
import kg.sakchy.onvif.media.VideoEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Which profile to record and which to show small.
 *
 * <p>Recorded is the sharpest H.264 or H.265 picture of the first lens, JPEG only where there is
 * nothing else. Small is the picture of the same lens nearest to 640x360 with at most half the
 * samples, H.264 before others because every browser plays it.
 *
 * @param main to record, or null
 * @param sub to show small, or null
 */
record StreamChoice(@Nullable Profile main, @Nullable Profile sub) {
  private static final Set<String> MODERN = Set.of("H264", "H265", "H264+", "H265+");
  private static final long SMALL_SAMPLES = 640L * 360;

  static StreamChoice of(List<Profile> profiles) {
    List<Profile> usable = profiles.stream().filter(StreamChoice::isRecordable).toList();
    if (usable.isEmpty()) {
      return new StreamChoice(null, null);
    }
    String lens = usable.getFirst().videoSource();
    List<Profile> ofLens =
        usable.stream().filter(profile -> profile.videoSource().equals(lens)).toList();
    Profile main =
        ofLens.stream()
            .max(
                Comparator.comparing(StreamChoice::isModern)
                    .thenComparing(StreamChoice::samples)
                    .thenComparing(profile -> encoder(profile).fps())
                    .thenComparing(profile -> encoder(profile).kbps()))
            .orElseThrow();
    Optional<Profile> sub =
        ofLens.stream()
            .filter(profile -> samples(profile) > 0 && samples(profile) * 2 <= samples(main))
            .filter(profile -> !encoder(profile).token().equals(encoder(main).token()))
            .min(
                Comparator.comparing((Profile profile) -> !encoder(profile).codec().equals("H264"))
                    .thenComparing(profile -> !isModern(profile))
                    .thenComparing(StreamChoice::distance));
    return new StreamChoice(main, sub.orElse(null));
  }

  /** Whether video of that codec can be recorded. */
  static boolean isRecordable(String codec) {
    return MODERN.contains(codec) || codec.equals("JPEG");
  }

  private static boolean isRecordable(Profile profile) {
    VideoEncoder encoder = profile.encoder();
    return encoder != null && isRecordable(encoder.codec());
  }

  private static boolean isModern(Profile profile) {
    return MODERN.contains(encoder(profile).codec());
  }

  private static long samples(Profile profile) {
    return (long) encoder(profile).width() * encoder(profile).height();
  }

  private static double distance(Profile profile) {
    return Math.abs(Math.log((double) samples(profile) / SMALL_SAMPLES));
  }

  private static VideoEncoder encoder(Profile profile) {
    VideoEncoder encoder = profile.encoder();
    if (encoder == null) {
      throw new IllegalArgumentException("a profile without video cannot be chosen");
    }
    return encoder;
  }
}
