package kg.sakchy.web.live;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.media.mp4.InitSegmentWriter;

/**
 * Reads what a client says it can play: RFC 6381 strings ({@code avc1.64001f}, {@code mp4a.40.2}),
 * of which the first part names the codec, or names alone ({@code h264}). What is not known here is
 * left out: a client may be able to do more than we can send.
 */
final class CodecNames {
  private static final Map<String, Codec> NAMES =
      Map.ofEntries(
          Map.entry("avc1", Codec.H264),
          Map.entry("avc3", Codec.H264),
          Map.entry("h264", Codec.H264),
          Map.entry("hvc1", Codec.H265),
          Map.entry("hev1", Codec.H265),
          Map.entry("h265", Codec.H265),
          Map.entry("mp4a", Codec.AAC),
          Map.entry("aac", Codec.AAC),
          Map.entry("opus", Codec.OPUS));

  private CodecNames() {}

  /** The codec a string names, if it is one that fragments carry. */
  static Optional<Codec> codec(String name) {
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    return Optional.ofNullable(NAMES.get(first.toLowerCase(Locale.ROOT)))
        .filter(InitSegmentWriter::carries);
  }

  /** The codecs all the strings name. */
  static PlayableCodecs playable(List<String> names) {
    Set<Codec> codecs = EnumSet.noneOf(Codec.class);
    names.forEach(name -> codec(name).ifPresent(codecs::add));
    return PlayableCodecs.of(codecs);
  }
}
