package kg.sakchy.gateway.server.playback;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import kg.sakchy.gateway.server.offer.Offer;
import kg.sakchy.gateway.server.offer.OfferedTrack;
import kg.sakchy.media.codec.Packetizer;

/**
 * The tracks of one session that plays the archive: their numbers go on from one PLAY to the next.
 *
 * <p>Threads: one at a time.
 */
final class PlaybackTracks {
  private final Offer offer;
  private final Set<Integer> setUp;
  private final Map<Integer, Line> lines = new HashMap<>();

  /** A track's packets. */
  private record Line(int ssrc, long origin, Packetizer packetizer) {}

  /**
   * @param setUp indexes of the tracks that the client wants
   */
  PlaybackTracks(Offer offer, Set<Integer> setUp, RandomGenerator random) {
    this.offer = offer;
    this.setUp = Set.copyOf(setUp);
    for (int track : setUp) {
      OfferedTrack offered = offer.tracks().get(track);
      if (offered.canPacketize()) {
        int ssrc = random.nextInt();
        lines.put(
            track,
            new Line(
                ssrc,
                random.nextInt() & 0x7fff_ffffL,
                offered.packetizer(ssrc, OfferedTrack.MTU - UnitSender.EXTENSION_BYTES)));
      }
    }
  }

  boolean carries(int track) {
    return lines.containsKey(track);
  }

  Set<Integer> tracks() {
    return setUp;
  }

  OfferedTrack offered(int track) {
    return offer.tracks().get(track);
  }

  Packetizer packetizer(int track) {
    return line(track).packetizer();
  }

  int ssrc(int track) {
    return line(track).ssrc();
  }

  /** What RTP time counts from. */
  long origin(int track) {
    return line(track).origin();
  }

  private Line line(int track) {
    Line line = lines.get(track);
    if (line == null) {
      throw new IllegalStateException("track " + track + " was not set up");
    }
    return line;
  }
}
