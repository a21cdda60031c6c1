package kg.sakchy.media.sdp;

import java.util.Optional;

/**
 * What a payload type means: an {@code a=rtpmap} line (RFC 8866 §6.6), or an entry of the static
 * table of RFC 3551 §6.
 *
 * @param payloadType 0 to 127
 * @param encoding name in the sender's spelling; compare without case
 * @param clockRate ticks per second of the RTP time stamp, over 0
 * @param channels of sound; 1 if not given
 */
public record RtpMap(int payloadType, String encoding, int clockRate, int channels) {
  /** Reads {@code 96 H264/90000} or {@code 97 MPEG4-GENERIC/16000/2}; empty if malformed. */
  static Optional<RtpMap> parse(String value) {
    String[] parts = value.strip().split("\\s+", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    String[] fields = parts[1].strip().split("/", -1);
    int payloadType = SdpText.number(parts[0], 127);
    int clockRate = fields.length < 2 ? -1 : SdpText.number(fields[1].strip(), Integer.MAX_VALUE);
    int channels = fields.length < 3 ? 1 : SdpText.number(fields[2].strip(), 255);
    return payloadType < 0 || clockRate <= 0 || fields[0].isBlank()
        ? Optional.empty()
        : Optional.of(new RtpMap(payloadType, fields[0].strip(), clockRate, Math.max(1, channels)));
  }

  /** The static table of RFC 3551 §6, as far as cameras use it. */
  static Optional<RtpMap> ofStaticType(int payloadType) {
    return switch (payloadType) {
      case 0 -> Optional.of(new RtpMap(0, "PCMU", 8000, 1));
      case 3 -> Optional.of(new RtpMap(3, "GSM", 8000, 1));
      case 8 -> Optional.of(new RtpMap(8, "PCMA", 8000, 1));
      case 9 -> Optional.of(new RtpMap(9, "G722", 8000, 1));
      case 10 -> Optional.of(new RtpMap(10, "L16", 44_100, 2));
      case 11 -> Optional.of(new RtpMap(11, "L16", 44_100, 1));
      case 14 -> Optional.of(new RtpMap(14, "MPA", 90_000, 1));
      case 26 -> Optional.of(new RtpMap(26, "JPEG", 90_000, 1));
      case 32 -> Optional.of(new RtpMap(32, "MPV", 90_000, 1));
      case 33 -> Optional.of(new RtpMap(33, "MP2T", 90_000, 1));
      default -> Optional.empty();
    };
  }

  /** What follows {@code a=rtpmap:}. */
  public String format() {
    return payloadType + " " + encoding + "/" + clockRate + (channels > 1 ? "/" + channels : "");
  }
}
