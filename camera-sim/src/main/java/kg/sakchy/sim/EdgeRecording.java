package kg.sakchy.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * What a camera records in itself: the last minutes of what it sees, with the times of its own
 * clock, whatever the network does. In memory; samples of clips are shared, not copied.
 *
 * <p>Threads: any.
 */
public final class EdgeRecording {
  private static final Duration CLOCK_STEP = Duration.ofMillis(500);

  private final List<TrackFormat> formats;
  private final Duration keep;
  private final TrackTime[] times;
  private final EdgeSample[] lastOfTracks;
  private final List<EdgeSample> samples = new ArrayList<>();
  private long firstIndex;
  private boolean recording = true;
  private boolean freshSpan = true;

  /** Relates media time to UTC within a span. */
  private record TrackTime(long pts, Instant time) {}

  /**
   * A stretch without gaps.
   *
   * @param start time of its first sample
   * @param end time of its last sample
   * @param open whether it goes on now
   */
  public record Span(Instant start, Instant end, boolean open) {}

  EdgeRecording(List<TrackFormat> formats, Duration keep) {
    this.formats = List.copyOf(formats);
    this.keep = keep;
    this.times = new TrackTime[formats.size()];
    this.lastOfTracks = new EdgeSample[formats.size()];
  }

  /** Tracks, in the order of their indexes. */
  public List<TrackFormat> formats() {
    return formats;
  }

  /** Token of a track: {@code VIDEO001}, {@code AUDIO001}, {@code META001}. */
  public String trackToken(int track) {
    return switch (formats.get(track).codec().kind()) {
      case VIDEO -> "VIDEO001";
      case AUDIO -> "AUDIO001";
      case METADATA -> "META001";
    };
  }

  /** Stops recording, as when the card is taken out; leaves a gap. */
  public synchronized void pause() {
    recording = false;
    endSpan();
  }

  /** Records again, from the next key frame on. */
  public synchronized void resume() {
    recording = true;
  }

  public synchronized boolean recording() {
    return recording;
  }

  /** Stretches without gaps, the oldest first. */
  public synchronized List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    Instant start = null;
    Instant end = null;
    for (EdgeSample sample : samples) {
      if (start == null || sample.first()) {
        if (start != null && end != null) {
          spans.add(new Span(start, end, false));
        }
        start = sample.time();
        end = start;
      }
      if (end == null || sample.time().isAfter(end)) {
        end = sample.time();
      }
    }
    if (start != null && end != null) {
      spans.add(new Span(start, end, recording && !freshSpan));
    }
    return spans;
  }

  /**
   * A sample of the camera.
   *
   * @param now its media time on the camera's clock, as it seems at this moment
   */
  synchronized void append(int track, long pts, boolean keyFrame, byte[] data, Instant now) {
    boolean video = formats.get(track).codec().kind() == Codec.Kind.VIDEO;
    if (!recording || (freshSpan && !(video && keyFrame))) {
      return;
    }
    TrackTime base = times[track];
    int rate = formats.get(track).clockRate();
    Instant time =
        base == null ? now : base.time().plus(MediaTime.duration(pts - base.pts(), rate));
    if (Duration.between(time, now).abs().compareTo(CLOCK_STEP) > 0) {
      endSpan();
      if (!(video && keyFrame)) {
        return;
      }
      time = now;
      base = null;
    }
    if (base == null) {
      times[track] = new TrackTime(pts, time);
    }
    EdgeSample sample = new EdgeSample(track, pts, time, keyFrame, freshSpan, data);
    freshSpan = false;
    lastOfTracks[track] = sample;
    samples.add(sample);
    if (video && keyFrame) {
      forget(time.minus(keep));
    }
  }

  private void endSpan() {
    for (EdgeSample last : lastOfTracks) {
      if (last != null) {
        last.endSpan();
      }
    }
    Arrays.fill(lastOfTracks, null);
    Arrays.fill(times, null);
    freshSpan = true;
  }

  /** Whole groups of pictures go, so that what is left begins with a key frame. */
  private void forget(Instant before) {
    int cut = 0;
    for (int i = 0; i < samples.size() && samples.get(i).time().isBefore(before); i++) {
      if (isCleanPoint(samples.get(i))) {
        cut = i;
      }
    }
    if (cut > 0) {
      samples.subList(0, cut).clear();
      firstIndex += cut;
    }
  }

  private boolean isCleanPoint(EdgeSample sample) {
    return sample.keyFrame() && formats.get(sample.track()).codec().kind() == Codec.Kind.VIDEO;
  }

  /** The sample at an index, or null if it does not exist yet; one that is forgotten is skipped. */
  synchronized @Nullable EdgeSample at(long index) {
    long position = Math.max(0, index - firstIndex);
    return position < samples.size() ? samples.get((int) position) : null;
  }

  /** The index of an oldest sample, for a reader that fell behind. */
  synchronized long oldest() {
    return firstIndex;
  }

  /**
   * Index of the clean point where a replay begins (ONVIF Streaming §6.4): the last one at or
   * before the moment if that is recorded, else the first after it; -1 if there is none.
   */
  synchronized long seek(Instant start) {
    long before = -1;
    for (int i = 0; i < samples.size(); i++) {
      EdgeSample sample = samples.get(i);
      if (sample.first()) {
        before = -1;
      }
      if (!isCleanPoint(sample)) {
        continue;
      }
      if (sample.time().isAfter(start)) {
        return before >= 0 && recordedAt(start) ? before : firstIndex + i;
      }
      before = firstIndex + i;
    }
    return before >= 0 && recordedAt(start) ? before : -1;
  }

  private boolean recordedAt(Instant moment) {
    for (Span span : spans()) {
      if (!moment.isBefore(span.start()) && (span.open() || !moment.isAfter(span.end()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether another sample like one at an index will follow it.
   *
   * @param end the first moment that is out of question, or null for none
   * @param like what counts
   */
  synchronized boolean hasMore(long index, @Nullable Instant end, Predicate<EdgeSample> like) {
    for (long i = Math.max(index + 1, firstIndex); i - firstIndex < samples.size(); i++) {
      EdgeSample next = samples.get((int) (i - firstIndex));
      if (end != null && !next.time().isBefore(end) && isCleanPoint(next)) {
        return false;
      }
      if (like.test(next) && (end == null || next.time().isBefore(end))) {
        return true;
      }
    }
    return recording && !freshSpan && (end == null || !isRecordedUntil(end));
  }

  private boolean isRecordedUntil(Instant moment) {
    return !samples.isEmpty() && !samples.getLast().time().isBefore(moment);
  }
}
