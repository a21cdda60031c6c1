package kg.sakchy.media.rtsp;

import java.util.Optional;

/**
 * Two UDP ports, or two interleaved channels: for RTP and for RTCP.
 *
 * @param rtp 0 to 65535
 * @param rtcp 0 to 65535
 */
public record PortPair(int rtp, int rtcp) {
  /** Reads {@code 4588-4589}, or {@code 4588} for that and the next; empty if malformed. */
  static Optional<PortPair> parse(String text) {
    String[] ends = text.strip().split("-", -1);
    if (ends.length > 2 || !ends[0].strip().matches("\\d{1,5}")) {
      return Optional.empty();
    }
    int rtp = Integer.parseInt(ends[0].strip());
    if (ends.length == 2 && !ends[1].strip().matches("\\d{1,5}")) {
      return Optional.empty();
    }
    int rtcp = ends.length == 2 ? Integer.parseInt(ends[1].strip()) : rtp + 1;
    return rtp > 65_535 || rtcp > 65_535 ? Optional.empty() : Optional.of(new PortPair(rtp, rtcp));
  }

  String format() {
    return rtp + "-" + rtcp;
  }
}
