package kg.sakchy.web.live;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.InitSegmentWriter;
import kg.sakchy.media.mp4.InitTrack;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of a source that a viewer gets: the first of pictures, and the first of sound if it
 * can be carried and played.
 *
 * @param formats in the order of the init segment, the pictures first
 * @param sources by the same index: number of the track at its source
 */
record SelectedTracks(List<TrackFormat> formats, List<Integer> sources) {
  SelectedTracks {
    formats = List.copyOf(formats);
    sources = List.copyOf(sources);
  }

  /**
   * Of a live stream; its tracks are numbered by their index.
   *
   * @throws VmsException UNSUPPORTED in words for people when the pictures cannot be played
   */
  static SelectedTracks of(List<TrackFormat> tracks, PlayableCodecs playable) {
    List<@Nullable TrackFormat> numbered = new ArrayList<>(tracks);
    SelectedTracks selected = select(numbered, 0, playable, "the camera sends");
    TrackFormat.Video video = selected.video();
    if (!carried(video, playable)) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED,
          "the camera sends %s (%s), which this viewer cannot play"
              .formatted(video.codec(), video.codecString()));
    }
    return selected;
  }

  /**
   * Of a recording; its tracks are numbered by their id. The pictures may have to be coded anew:
   * see {@link #playsOn}.
   */
  static SelectedTracks of(InitSegment init, PlayableCodecs playable) {
    List<@Nullable TrackFormat> numbered = new ArrayList<>();
    for (InitTrack track : init.tracks()) {
      while (numbered.size() < track.id() && numbered.size() < MOST_TRACKS) {
        numbered.add(null);
      }
      if (track.id() >= 1 && track.id() <= numbered.size()) {
        numbered.set(track.id() - 1, track.format());
      }
    }
    return select(numbered, 1, playable, "the recording is");
  }

  private static final int MOST_TRACKS = 16;

  private static SelectedTracks select(
      List<@Nullable TrackFormat> tracks, int first, PlayableCodecs playable, String subject) {
    List<TrackFormat> formats = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    for (int i = 0; i < tracks.size() && formats.isEmpty(); i++) {
      if (tracks.get(i) instanceof TrackFormat.Video video) {
        formats.add(video);
        sources.add(first + i);
      }
    }
    if (formats.isEmpty()) {
      throw new VmsException(ErrorKind.UNSUPPORTED, subject + " without pictures");
    }
    for (int i = 0; i < tracks.size() && formats.size() == 1; i++) {
      if (tracks.get(i) instanceof TrackFormat.Audio audio && carried(audio, playable)) {
        formats.add(audio);
        sources.add(first + i);
      }
    }
    return new SelectedTracks(formats, sources);
  }

  /** Whether a viewer can play the pictures as they are. */
  boolean playsOn(PlayableCodecs playable) {
    return carried(video(), playable);
  }

  private static boolean carried(TrackFormat format, PlayableCodecs playable) {
    return InitSegmentWriter.carries(format.codec()) && playable.plays(format.codec());
  }

  /** The same without sound. */
  SelectedTracks silent() {
    return new SelectedTracks(formats.subList(0, 1), sources.subList(0, 1));
  }

  /** The same with other pictures, which were made of these. */
  SelectedTracks with(TrackFormat.Video pictures) {
    List<TrackFormat> others = new ArrayList<>(formats);
    others.set(0, pictures);
    return new SelectedTracks(others, sources);
  }

  boolean hasSound() {
    return formats.size() > 1;
  }

  TrackFormat.Video video() {
    return (TrackFormat.Video) formats.getFirst();
  }

  /** Index of a source's track in {@link #formats}, or -1 when it is left out. */
  int indexOf(int source) {
    return sources.indexOf(source);
  }

  /** The media type a browser is asked about (RFC 6381 §3.4). */
  String mediaType() {
    String codecs =
        formats.stream().map(SelectedTracks::codecString).collect(Collectors.joining(","));
    return "video/mp4; codecs=\"" + codecs + "\"";
  }

  private static String codecString(TrackFormat format) {
    return switch (format) {
      case TrackFormat.Video video -> video.codecString();
      case TrackFormat.Audio audio -> audio.codecString();
      case TrackFormat.Metadata metadata ->
          throw new IllegalStateException("metadata is never selected");
    };
  }
}
