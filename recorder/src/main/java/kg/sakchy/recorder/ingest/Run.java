package kg.sakchy.recorder.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.ffmpeg.MuxSample;
import kg.sakchy.ffmpeg.PartMuxer;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.SegmentIdentity;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import kg.sakchy.recorder.segment.SegmentHead;
import kg.sakchy.recorder.time.RunClock;
import org.jspecify.annotations.Nullable;

/**
 * One unbroken line of media of a stream: one format, one muxer, one clock.
 *
 * <p>Times: "run ticks" count from the run's first decoding time, at the video's clock rate. Owns
 * its muxer. Threads: confined to the stream's lane.
 */
final class Run implements AutoCloseable {
  private static final int USUAL_FRAME_RATE = 25;

  private final int epoch;
  private final StreamFormat format;
  private final int clockRate;
  private final PartMuxer muxer;
  private final Bytes init;
  private final RunClock clock;
  private final long id;
  private final RecorderMetrics metrics;
  private final @Nullable AudioLine[] sound;
  private long origin;
  private int sequence;
  private long lastDts = -1;
  private long lastPts;
  private long intervalTicks;
  private long lastArrivalNanos;
  private boolean ending;
  private long segmentFirstPts;

  private Run(RawPart first, long previousId, RecorderMetrics metrics) {
    this.epoch = first.epoch();
    this.format = first.format();
    this.clockRate = format.video().clockRate();
    this.metrics = metrics;
    this.sound = new AudioLine[format.tracks().size()];
    this.origin = first.first().dts();
    this.intervalTicks = clockRate / USUAL_FRAME_RATE;
    AccessUnit unit = first.first();
    this.clock = new RunClock(clockRate, runPts(unit), unit.arrival(), unit.arrivalNanos());
    observe(first);
    clock.settle();
    Instant start = clock.utc(runPts(unit));
    long micros = Math.addExact(start.getEpochSecond() * 1_000_000, start.getNano() / 1_000);
    this.id = micros == previousId ? micros + 1 : micros;
    this.muxer = PartMuxer.open(format);
    this.init = Bytes.copyOf(muxer.init());
  }

  /**
   * Begins a run.
   *
   * @param first its first part, which begins with a key frame; {@link #follow} must not see it
   * @param previousId of the run before in this stream
   * @throws kg.sakchy.core.error.VmsException when the format cannot be muxed
   */
  static Run begin(RawPart first, long previousId, RecorderMetrics metrics) {
    return new Run(first, previousId, metrics);
  }

  int epoch() {
    return epoch;
  }

  long id() {
    return id;
  }

  /** Whether a new run should begin with the next key frame. */
  boolean ending() {
    return ending;
  }

  /** What the muxer leaves out, in words. */
  List<String> warnings() {
    return muxer.warnings();
  }

  /** UTC of a part's first video frame. */
  Instant start(RawPart part) {
    return clock.utc(runPts(part.first()));
  }

  /** UTC of the end of the last frame muxed. */
  Instant end() {
    return clock.utc(lastPts).plus(MediaTime.duration(intervalTicks, clockRate));
  }

  /** UTC of the end of the video unit before the {@code index}th of a part that was muxed. */
  Instant endBefore(RawPart part, int index) {
    List<AccessUnit> video =
        part.units().stream().filter(unit -> unit.track() == part.videoTrack()).toList();
    return index == 0 || index > video.size()
        ? start(part)
        : clock.utc(runPts(video.get(index - 1)));
  }

  /**
   * Compares a part of this epoch with the run's line before it is muxed. Where the camera's time
   * jumped, the rest of the group of pictures goes on behind the last frame by its arrival, so that
   * no picture is lost, and the run ends with the next key frame.
   */
  void follow(RawPart part) {
    AccessUnit first = part.first();
    boolean falls = first.dts() - origin <= lastDts;
    if (falls || clock.early(runPts(first), first.arrival(), first.arrivalNanos())) {
      ending = true;
      long waited = Duration.ofNanos(first.arrivalNanos() - lastArrivalNanos).toMillis();
      long ticks = Math.clamp(waited * clockRate / 1_000, intervalTicks, 60L * clockRate);
      origin = first.dts() - (lastDts + ticks);
    }
    observe(part);
    if (clock.stepped() || clock.strayed()) {
      ending = true;
    }
  }

  private void observe(RawPart part) {
    for (AccessUnit unit : part.units()) {
      if (unit.track() == part.videoTrack()) {
        clock.observe(runPts(unit), unit.arrival(), unit.arrivalNanos());
        lastArrivalNanos = unit.arrivalNanos();
      }
    }
  }

  /** Muxes a part into {@code moof} and {@code mdat}. */
  Fragment mux(RawPart part) {
    List<MuxSample> samples = new ArrayList<>(part.units().size());
    int video = -1;
    for (AccessUnit unit : part.units()) {
      if (unit.track() != part.videoTrack()) {
        addSound(samples, unit, part);
        continue;
      }
      long dts = unit.dts() - origin;
      if (video >= 0) {
        intervalTicks = Math.clamp(dts - lastDts, 1, 2L * clockRate);
      }
      video = samples.size();
      lastDts = dts;
      lastPts = Math.max(lastPts, runPts(unit));
      samples.add(
          new MuxSample(
              unit.track(), runPts(unit), dts, intervalTicks, unit.keyFrame(), unit.data()));
    }
    if (part.nextDts() != RawPart.UNKNOWN && video >= 0) {
      long last = part.nextDts() - origin - lastDts;
      if (last >= 1 && last <= 2L * clockRate) {
        intervalTicks = last;
        samples.set(video, lasting(samples.get(video), last));
      }
    }
    return muxer.part(samples);
  }

  private static MuxSample lasting(MuxSample sample, long duration) {
    return new MuxSample(
        sample.track(), sample.pts(), sample.dts(), duration, sample.keyFrame(), sample.data());
  }

  private void addSound(List<MuxSample> samples, AccessUnit unit, RawPart part) {
    if (!(format.tracks().get(unit.track()) instanceof TrackFormat.Audio audio)) {
      return;
    }
    AudioLine line = sound[unit.track()];
    if (line == null) {
      line = new AudioLine(audio.clockRate(), unit);
      sound[unit.track()] = line;
    }
    long dts = line.place(unit, new Line(part));
    if (dts < 0) {
      metrics.soundDropped.increment();
      return;
    }
    samples.add(new MuxSample(unit.track(), dts, dts, line.duration(), true, unit.data()));
  }

  /** The head of the segment that begins with a part; counts the segments of the run. */
  SegmentHead head(StreamId stream, RawPart part, Bytes previousSha256) {
    AccessUnit first = part.first();
    segmentFirstPts = runPts(first);
    SenderReport report = part.videoReport();
    Instant cameraTime =
        report == null
            ? null
            : report.ntp().plus(MediaTime.duration(first.pts() - report.rtpTicks(), clockRate));
    TrackFormat.Video video = format.video();
    return new SegmentHead(
        new SegmentIdentity(
            stream,
            id,
            sequence++,
            start(part),
            new TimeBasis(first.pts(), first.arrival(), cameraTime, clock.uncertainty()),
            rescale(first.dts() - origin),
            previousSha256),
        init,
        String.join(",", muxer.codecs()),
        video.width(),
        video.height());
  }

  /** Presentation time of a part since the segment's first frame, 90 kHz. */
  long segmentTicks(RawPart part) {
    return rescale(runPts(part.first()) - segmentFirstPts);
  }

  private long rescale(long ticks) {
    return MediaTime.rescale(ticks, clockRate, Segment.TIMESCALE);
  }

  private long runPts(AccessUnit unit) {
    return unit.pts() - origin;
  }

  @Override
  public void close() {
    muxer.close();
  }

  /** The video's line as sound sees it. */
  private final class Line implements AudioLine.VideoLine {
    private final RawPart part;

    Line(RawPart part) {
      this.part = part;
    }

    @Override
    public long runTicks(RunClock arrivals, long soundTicks, int soundRate) {
      Duration after = Duration.between(clock.utc(0), arrivals.utc(soundTicks));
      return MediaTime.ticks(after, soundRate);
    }

    @Override
    public long runTicks(long videoTicks, long microsAfter, int soundRate) {
      return MediaTime.rescale(videoTicks - origin, clockRate, soundRate)
          + MediaTime.rescale(microsAfter, 1_000_000, soundRate);
    }

    @Override
    public @Nullable SenderReport videoReport() {
      return part.videoReport();
    }

    @Override
    public @Nullable SenderReport audioReport() {
      return part.audioReport();
    }
  }
}
