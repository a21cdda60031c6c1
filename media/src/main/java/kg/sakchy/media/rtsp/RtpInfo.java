package kg.sakchy.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * An RTP-Info field (RFC 2326 §12.33): where in sequence numbers and time each track begins.
 *
 * @param tracks in the sender's order
 */
public record RtpInfo(List<Track> tracks) {
  private static final int MAX_TRACKS = 64;

  public RtpInfo {
    tracks = List.copyOf(tracks);
  }

  /**
   * One track.
   *
   * @param url of its SETUP, in the sender's spelling: absolute or relative
   * @param sequence number of the first packet, 0 to 65535, if it is given
   * @param rtpTime time stamp where the range begins, 0 to 2^32 - 1, if it is given
   */
  public record Track(String url, OptionalInt sequence, OptionalLong rtpTime) {}

  /** Reads a field; entries without a URL are skipped, and malformed numbers are missing ones. */
  public static RtpInfo parse(String value) {
    List<Track> tracks = new ArrayList<>();
    // A URL may hold commas and semicolons, so entries are told apart by their first words.
    for (String entry : value.split("(?i)(?:^|,)\\s*(?=url=)", -1)) {
      if (entry.toLowerCase(Locale.ROOT).startsWith("url=") && tracks.size() < MAX_TRACKS) {
        tracks.add(track(entry));
      }
    }
    return new RtpInfo(tracks);
  }

  private static Track track(String entry) {
    String[] parts = entry.split(";(?=\\s*(?:(?i)seq|rtptime)=)", -1);
    OptionalInt sequence = OptionalInt.empty();
    OptionalLong rtpTime = OptionalLong.empty();
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip().toLowerCase(Locale.ROOT);
      String number = part.substring(part.indexOf('=') + 1).strip();
      if (part.startsWith("seq=") && number.matches("\\d{1,5}")) {
        sequence = OptionalInt.of(Integer.parseInt(number) & 0xffff);
      } else if (part.startsWith("rtptime=") && number.matches("\\d{1,10}")) {
        rtpTime = OptionalLong.of(Long.parseLong(number) & 0xffff_ffffL);
      }
    }
    return new Track(parts[0].substring("url=".length()).strip(), sequence, rtpTime);
  }

  /** The field's value. */
  public String format() {
    return tracks.stream().map(RtpInfo::format).collect(Collectors.joining(","));
  }

  private static String format(Track track) {
    StringBuilder out = new StringBuilder("url=").append(track.url());
    track.sequence().ifPresent(sequence -> out.append(";seq=").append(sequence));
    track.rtpTime().ifPresent(time -> out.append(";rtptime=").append(time));
    return out.toString();
  }
}
