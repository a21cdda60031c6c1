package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;

/**
 * The {@code ftyp} and {@code moov} boxes at the beginning of a fragmented MP4 (ISO/IEC 14496-12
 * §4.3, §8.2.1, §8.8): what the tracks are, and no samples.
 *
 * <p>Immutable. Tolerates other boxes around {@code moov}, tracks of unknown codecs, and missing
 * {@code trex} defaults.
 */
public final class InitSegment {
  private final Bytes bytes;
  private final int movieTimescale;
  private final List<InitTrack> tracks;

  private InitSegment(Bytes bytes, int movieTimescale, List<InitTrack> tracks) {
    this.bytes = bytes;
    this.movieTimescale = movieTimescale;
    this.tracks = List.copyOf(tracks);
  }

  /**
   * Reads the boxes up to and with the first {@code moov}; what follows is not looked at.
   *
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS when malformed or without a {@code moov}
   *     box
   */
  public static InitSegment parse(Bytes data) {
    return parse(data.asByteBuffer());
  }

  /** As {@link #parse(Bytes)}; copies what it keeps and leaves the position of {@code data}. */
  public static InitSegment parse(ByteBuffer data) {
    BoxReader boxes = new BoxReader(data);
    BoxFields moov = boxes.require(BoxType.MOOV);
    Bytes bytes = Bytes.copyOf(data.slice(data.position(), boxes.end()));
    BoxReader children = moov.boxes();
    int movieTimescale = 0;
    List<ByteBuffer> traks = new ArrayList<>();
    Map<Integer, SampleDefaults> defaults = new HashMap<>();
    while (children.next()) {
      BoxFields child = children.fields();
      switch (children.type()) {
        case BoxType.MVHD -> movieTimescale = TrackParser.timescale(child);
        case BoxType.TRAK -> traks.add(ByteBuffer.wrap(child.bytes(child.remaining())));
        case BoxType.MVEX -> readDefaults(child.boxes(), defaults);
        default -> {}
      }
    }
    if (movieTimescale == 0) {
      throw Mp4Errors.malformed("no box mvhd");
    }
    List<InitTrack> tracks = new ArrayList<>();
    for (ByteBuffer trak : traks) {
      TrackParser track = TrackParser.parse(trak, movieTimescale);
      tracks.add(
          new InitTrack(
              track.id(),
              track.timescale(),
              track.kind(),
              track.format(),
              defaults.getOrDefault(track.id(), SampleDefaults.NONE)));
    }
    return new InitSegment(bytes, movieTimescale, tracks);
  }

  private static void readDefaults(BoxReader mvex, Map<Integer, SampleDefaults> defaults) {
    while (mvex.next()) {
      if (mvex.type() == BoxType.TREX) {
        BoxFields trex = mvex.fields();
        trex.skip(4);
        int track = trex.s32();
        trex.skip(4);
        defaults.put(track, new SampleDefaults(trex.u32(), trex.u32(), trex.s32()));
      }
    }
  }

  /** The boxes as they were read. */
  public Bytes bytes() {
    return bytes;
  }

  /** All tracks, in the order of the file. */
  public List<InitTrack> tracks() {
    return tracks;
  }

  /** The track with an id. */
  public Optional<InitTrack> track(int id) {
    return tracks.stream().filter(track -> track.id() == id).findFirst();
  }

  /** The first video track. */
  public Optional<InitTrack> video() {
    return tracks.stream().filter(track -> track.kind() == InitTrack.Kind.VIDEO).findFirst();
  }

  /** Whether there is sound. */
  public boolean hasAudio() {
    return tracks.stream().anyMatch(track -> track.kind() == InitTrack.Kind.AUDIO);
  }

  /** RFC 6381 strings of the tracks whose codec is known, in the order of the file. */
  public List<String> codecs() {
    return tracks.stream()
        .map(InitTrack::format)
        .filter(Objects::nonNull)
        .flatMap(format -> codecString(format).stream())
        .toList();
  }

  private static Optional<String> codecString(TrackFormat format) {
    return switch (format) {
      case TrackFormat.Video video -> Optional.of(video.codecString());
      case TrackFormat.Audio audio -> Optional.of(audio.codecString());
      case TrackFormat.Metadata metadata -> Optional.empty();
    };
  }

  /**
   * Whether fragments written for {@code other} can follow fragments written for this one in one
   * file: the same tracks with the same codec configuration and defaults. The bytes may differ.
   */
  public boolean joins(InitSegment other) {
    return bytes.equals(other.bytes) || tracks.equals(other.tracks);
  }

  /** What it is, for people: {@code H264 1280x720 + AAC}. */
  public String describe() {
    return tracks.stream()
        .map(InitTrack::format)
        .filter(Objects::nonNull)
        .map(
            format ->
                format instanceof TrackFormat.Video video
                    ? video.codec() + " " + video.width() + "x" + video.height()
                    : format.codec().toString())
        .collect(Collectors.joining(" + "));
  }

  /**
   * These boxes for a file of known duration: with {@code mehd} (ISO/IEC 14496-12 §8.8.2) in {@code
   * mvex}, so that players show the length before they have read the file.
   */
  public byte[] withDuration(Duration duration) {
    return new InitEditor(movieTimescale, duration).edit(bytes);
  }

  /** By their bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof InitSegment init && bytes.equals(init.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return describe() + ", " + bytes.size() + " bytes";
  }
}
