package kg.sakchy.sim;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.mp4.Mp4Clip;

/**
 * Repeats an MP4 file without end; time stamps go on from one round to the next, and a round lasts
 * as long as the file's video.
 *
 * <p>The samples are held in memory, and {@link #options} shares them, so that a hundred cameras
 * cost one clip. Threads: immutable; any number of playbacks.
 */
public final class ClipMedia implements SimMedia {
  private static final int VIDEO_CLOCK_RATE = 90_000;
  private static final long MAX_BYTES = 512L << 20;

  private final List<TrackFormat> formats;
  private final List<ClipSample> samples;
  private final Duration length;
  private final ClipOptions options;

  private ClipMedia(
      List<TrackFormat> formats, List<ClipSample> samples, Duration length, ClipOptions options) {
    this.formats = formats;
    this.samples = samples;
    this.length = length;
    this.options = options;
  }

  /**
   * Reads a clip.
   *
   * @throws VmsException as {@link Mp4Clip#open}; RESOURCE_EXHAUSTED if its samples take over 512
   *     MiB; UNSUPPORTED if it has no video
   */
  public static ClipMedia open(Path file) {
    try (Mp4Clip clip = Mp4Clip.open(file)) {
      Mp4Clip.Track video = clip.video();
      Duration length = MediaTime.duration(video.durationTicks(), video.format().clockRate());
      if (!length.isPositive()) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a clip of no length: " + file);
      }
      List<TrackFormat> formats = new ArrayList<>();
      List<ClipSample> samples = new ArrayList<>();
      long bytes = 0;
      for (Mp4Clip.Track track : clip.tracks()) {
        TrackFormat format = onRtpClock(track.format());
        for (int i = 0; i < track.sampleCount(); i++) {
          Mp4Clip.Sample sample = track.sample(i);
          if (!fits(sample, track.format(), length)) {
            continue;
          }
          bytes += sample.sizeBytes();
          if (bytes > MAX_BYTES) {
            throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "a clip too large: " + file);
          }
          samples.add(
              new ClipSample(
                  formats.size(),
                  MediaTime.duration(sample.dts(), track.format().clockRate()).toNanos(),
                  MediaTime.rescale(sample.pts(), track.format().clockRate(), format.clockRate()),
                  sample.keyFrame(),
                  track.read(i)));
        }
        formats.add(format);
      }
      samples.sort(Comparator.comparingLong(ClipSample::dueNanos));
      long first = samples.getFirst().dueNanos();
      samples.replaceAll(sample -> sample.earlierBy(first));
      return new ClipMedia(List.copyOf(formats), samples, length, ClipOptions.DEFAULTS);
    }
  }

  /** Sound before the first picture (a coder's priming) or after the last would overlap rounds. */
  private static boolean fits(Mp4Clip.Sample sample, TrackFormat format, Duration length) {
    return format instanceof TrackFormat.Video
        || (sample.dts() >= 0
            && MediaTime.duration(sample.dts(), format.clockRate()).compareTo(length) < 0);
  }

  private static TrackFormat onRtpClock(TrackFormat format) {
    return switch (format) {
      case TrackFormat.Video video ->
          new TrackFormat.Video(
              video.codec(),
              VIDEO_CLOCK_RATE,
              video.config(),
              video.width(),
              video.height(),
              video.codecString());
      case TrackFormat.Audio audio -> audio;
      case TrackFormat.Metadata metadata -> metadata;
    };
  }

  /** The same clip played another way; the samples are shared. */
  public ClipMedia options(ClipOptions newOptions) {
    return new ClipMedia(formats, samples, length, newOptions);
  }

  public ClipOptions options() {
    return options;
  }

  /** How long one round lasts, at the clip's own speed. */
  public Duration length() {
    return length;
  }

  @Override
  public List<TrackFormat> formats() {
    return formats;
  }

  @Override
  public Playback play(ScheduledExecutorService loop, Listener listener) {
    ClipPlayback playback = new ClipPlayback(formats, samples, length, options, loop, listener);
    playback.start();
    return playback;
  }
}
