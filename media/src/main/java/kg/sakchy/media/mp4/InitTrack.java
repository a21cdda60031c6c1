package kg.sakchy.media.mp4;

import kg.sakchy.core.stream.TrackFormat;
import org.jspecify.annotations.Nullable;

/**
 * A track as the {@code moov} box declares it.
 *
 * @param id track id, 1 or more
 * @param timescale ticks per second, over 0
 * @param kind from its handler
 * @param format what it carries, its clock rate being {@code timescale}; null when the codec is not
 *     one of {@link kg.sakchy.core.stream.Codec}
 * @param defaults of its fragments
 */
public record InitTrack(
    int id, int timescale, Kind kind, @Nullable TrackFormat format, SampleDefaults defaults) {
  /** Handler types (ISO/IEC 14496-12 §8.4.3) that matter here. */
  public enum Kind {
    VIDEO,
    AUDIO,
    OTHER
  }
}
