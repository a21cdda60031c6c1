package kg.sakchy.ffmpeg;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MediaProbe} found.
 *
 * @param container FFmpeg's name of the format, for example {@code mov,mp4,m4a,3gp,3g2,mj2} or
 *     {@code rtsp}
 * @param duration or null where there is none, as with live streams
 * @param bitsPerSecond of everything together; 0 when not known
 * @param tracks in the order of the file
 */
public record ProbeResult(
    String container, @Nullable Duration duration, long bitsPerSecond, List<Track> tracks) {
  public ProbeResult {
    tracks = List.copyOf(tracks);
  }

  /** One track; {@link #codec()} is FFmpeg's name, for example {@code h264}. */
  public sealed interface Track {
    String codec();
  }

  /**
   * Pictures.
   *
   * @param framesPerSecond on the average, 0 when not known
   */
  public record Video(String codec, int width, int height, double framesPerSecond)
      implements Track {}

  /**
   * Sound.
   *
   * @param sampleRate in Hz
   */
  public record Audio(String codec, int sampleRate, int channels) implements Track {}

  /** Anything else: subtitles, data. */
  public record Other(String codec) implements Track {}
}
