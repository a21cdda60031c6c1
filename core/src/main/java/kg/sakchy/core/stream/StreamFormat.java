package kg.sakchy.core.stream;

import java.util.List;
import java.util.Optional;

/**
 * The tracks of a stream, in the order of their indexes. A new format begins a new run.
 *
 * @param tracks {@link AccessUnit#track()} is an index into it; at least one is video
 */
public record StreamFormat(List<TrackFormat> tracks) {
  public StreamFormat {
    tracks = List.copyOf(tracks);
  }

  /** Index of the first video track. */
  public int videoTrack() {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i) instanceof TrackFormat.Video) {
        return i;
      }
    }
    throw new IllegalStateException("a stream format without video");
  }

  public TrackFormat.Video video() {
    return (TrackFormat.Video) tracks.get(videoTrack());
  }

  public Optional<TrackFormat.Audio> audio() {
    return tracks.stream()
        .filter(TrackFormat.Audio.class::isInstance)
        .map(TrackFormat.Audio.class::cast)
        .findFirst();
  }
}
