package kg.sakchy.gateway.webrtc.sdp;

import java.util.Optional;

/**
 * The profiles of H.264 as {@code profile-level-id} tells them (RFC 6184 §8.1): profile_idc and the
 * constraint flags that count, whatever the level. Each stands behind those whose streams its
 * decoders play too.
 */
enum H264Profile {
  CONSTRAINED_BASELINE(0),
  BASELINE(1),
  MAIN(2),
  CONSTRAINED_HIGH(3),
  HIGH(4),
  /** Extended, High 10, High 4:2:2 and the like: only for who names exactly that. */
  OTHER(5);

  static final int MOST_STRENGTH = 5;
  private static final int HEX_CHARS = 6;

  private final int strength;

  H264Profile(int strength) {
    this.strength = strength;
  }

  /** How much its decoders can, 0 to {@value #MOST_STRENGTH}. */
  int strength() {
    return strength;
  }

  /** The profile in the first two bytes of six hexadecimal digits; empty when malformed. */
  static Optional<H264Profile> parse(String profileLevelId) {
    if (profileLevelId.length() != HEX_CHARS) {
      return Optional.empty();
    }
    try {
      int bytes = Integer.parseUnsignedInt(profileLevelId, 16);
      return Optional.of(of(bytes >> 16 & 0xff, bytes >> 8 & 0xff));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** RFC 6184 table 5; set0 is the highest bit of {@code constraints}. */
  private static H264Profile of(int profile, int constraints) {
    boolean set0 = (constraints & 0x80) != 0;
    boolean set1 = (constraints & 0x40) != 0;
    boolean set4 = (constraints & 0x08) != 0;
    boolean set5 = (constraints & 0x04) != 0;
    return switch (profile) {
      case 0x42 -> set1 ? CONSTRAINED_BASELINE : BASELINE;
      case 0x4d -> set0 ? CONSTRAINED_BASELINE : MAIN;
      case 0x58 -> set0 && set1 ? CONSTRAINED_BASELINE : OTHER;
      case 0x64 -> set4 && set5 ? CONSTRAINED_HIGH : HIGH;
      default -> OTHER;
    };
  }
}
