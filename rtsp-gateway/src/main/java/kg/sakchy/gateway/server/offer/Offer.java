package kg.sakchy.gateway.server.offer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.sdp.SdpAttribute;
import kg.sakchy.media.sdp.SessionDescription;

/**
 * What a stream's clients are told that they can set up; one track of a kind. Immutable.
 *
 * @param tracks by their index; at least one is video
 */
public record Offer(List<OfferedTrack> tracks) {
  public Offer {
    tracks = List.copyOf(tracks);
  }

  /**
   * The offer of a stream with these formats.
   *
   * @throws VmsException UNSUPPORTED if there is no video that can be sent
   */
  public static Offer of(List<TrackFormat> formats) {
    List<OfferedTrack> tracks = new ArrayList<>();
    Set<Codec.Kind> known = EnumSet.noneOf(Codec.Kind.class);
    for (TrackFormat format : formats) {
      if (known.add(format.codec().kind())) {
        tracks.add(OfferedTrack.of(tracks.size(), format));
      }
    }
    if (!known.contains(Codec.Kind.VIDEO)) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "a stream without video that can be sent");
    }
    return new Offer(tracks);
  }

  /** The track of that number, 0 up. */
  public boolean has(int track) {
    return track >= 0 && track < tracks.size();
  }

  /** The video track. */
  public OfferedTrack video() {
    return tracks.stream().filter(OfferedTrack::isVideo).findFirst().orElseThrow();
  }

  /** Whether media of these formats can go out as these tracks, as far as they are the same. */
  public boolean carries(List<TrackFormat> formats) {
    return tracks.stream()
        .allMatch(
            track -> {
              int index = track.indexIn(formats);
              return index < 0 ? !track.isVideo() : track.carries(formats.get(index));
            });
  }

  /** Whether video of these formats can go out as the video track. */
  public boolean carriesVideo(List<TrackFormat> formats) {
    int index = video().indexIn(formats);
    return index >= 0 && video().carries(formats.get(index));
  }

  /**
   * The session description (RFC 8866).
   *
   * @param name of the session, one line
   */
  public String sdp(String name) {
    return new SessionDescription(
            "- 0 0 IN IP4 0.0.0.0",
            name,
            "IN IP4 0.0.0.0",
            List.of(new SdpAttribute("control", "*"), new SdpAttribute("range", "npt=now-")),
            tracks.stream().map(OfferedTrack::description).toList())
        .format();
  }
}
