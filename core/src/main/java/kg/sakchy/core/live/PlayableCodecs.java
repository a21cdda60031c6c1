package kg.sakchy.core.live;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;

/**
 * What a viewer says it can play.
 *
 * @param codecs of pictures and sound; metadata counts as playable always
 */
public record PlayableCodecs(Set<Codec> codecs) {
  /** Everything: for a viewer that does not say. */
  public static final PlayableCodecs ANY = new PlayableCodecs(EnumSet.allOf(Codec.class));

  public PlayableCodecs {
    codecs = Set.copyOf(codecs);
  }

  public static PlayableCodecs of(Collection<Codec> codecs) {
    return new PlayableCodecs(Set.copyOf(codecs));
  }

  public boolean plays(Codec codec) {
    return codec.kind() == Codec.Kind.METADATA || codecs.contains(codec);
  }

  /** Whether its pictures can be shown; sound that cannot be played is left out or transcoded. */
  public boolean plays(StreamFormat format) {
    return plays(format.video().codec());
  }

  /** Whether all that is seen and heard can be played. */
  public boolean playsAll(StreamFormat format) {
    return format.tracks().stream().map(TrackFormat::codec).allMatch(this::plays);
  }
}
