package kg.sakchy.gateway.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payload type under which a peer takes a camera's H.264 (RFC 6184 §8.2.2): packetization
 * mode 1 and the camera's profile; else the next better one; else the best there is.
 *
 * <p>Tolerated on purpose: a profile too low. Browsers list Constrained Baseline and Main where the
 * decoder behind them plays High as well, and cameras send High.
 */
final class OfferedVideo {
  private OfferedVideo() {}

  /** A payload type with its profile. */
  private record Candidate(int payloadType, String profileLevelId, H264Profile profile) {}

  /**
   * The choice for a camera's stream.
   *
   * @param streamProfile its {@code profile-level-id}, six hexadecimal digits
   */
  static Optional<ChosenTrack> choose(MediaDescription section, String streamProfile) {
    H264Profile wanted = H264Profile.parse(streamProfile).orElse(H264Profile.OTHER);
    @Nullable Candidate best = null;
    for (Candidate candidate : candidates(section)) {
      if (best == null || rank(candidate, wanted) < rank(best, wanted)) {
        best = candidate;
      }
    }
    if (best == null || (wanted == H264Profile.OTHER && !isExactly(best, streamProfile))) {
      return Optional.empty();
    }
    String level = streamProfile.substring(4);
    return Optional.of(
        new ChosenTrack(
            section,
            new RtpMap(best.payloadType(), "H264", 90_000, 1),
            "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id="
                + best.profileLevelId().substring(0, 4)
                + level));
  }

  private static List<Candidate> candidates(MediaDescription section) {
    List<Candidate> candidates = new ArrayList<>();
    for (int payloadType : section.payloadTypes()) {
      boolean h264 =
          section
              .rtpmap(payloadType)
              .filter(map -> map.encoding().equalsIgnoreCase("H264") && map.clockRate() == 90_000)
              .isPresent();
      Map<String, String> parameters = section.fmtp(payloadType);
      if (h264 && "1".equals(parameters.get("packetization-mode"))) {
        // RFC 6184 §8.1: without a profile, Baseline of level 1 is meant.
        String id = parameters.getOrDefault("profile-level-id", "42000a").toLowerCase(Locale.ROOT);
        H264Profile.parse(id)
            .ifPresent(profile -> candidates.add(new Candidate(payloadType, id, profile)));
      }
    }
    return candidates;
  }

  /**
   * Smaller is better: as wanted, then better ones in their order, then worse ones, then others.
   */
  private static int rank(Candidate candidate, H264Profile wanted) {
    int step = candidate.profile().strength() - wanted.strength();
    int worse = H264Profile.MOST_STRENGTH + 1;
    if (candidate.profile() == H264Profile.OTHER) {
      return wanted == H264Profile.OTHER ? 0 : 3 * worse;
    }
    return step >= 0 ? step : worse - step;
  }

  private static boolean isExactly(Candidate candidate, String streamProfile) {
    return candidate.profileLevelId().regionMatches(true, 0, streamProfile, 0, 4);
  }
}
