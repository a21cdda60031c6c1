package kg.sakchy.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.FragmentWriter;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.InitTrack;

/**
 * A camera that sends a clip of 12 s over and over, 25 pictures a second with a key frame every
 * second; to those who watch, and, as the recorder would write it, into the archive.
 *
 * <p>Threads: safe for use by many threads.
 */
final class LiveCamera implements LiveStream {
  static final long FRAME_TICKS = 3_600;
  private static final int PART_FRAMES = 12;
  private static final int SEGMENT_SECONDS = 21;

  private final StreamId id;
  private final FakeClock clock;
  private final InMemoryArchive archive;
  private final boolean recorded;
  private final InitSegment init;
  private final List<AccessUnit> clip = new ArrayList<>();
  private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();
  private final List<AccessUnit> sinceKey = new ArrayList<>();
  private long sent;
  private long rtpBase = 7_000_000;
  private boolean connected = true;
  private Duration clockError = Duration.ZERO;

  // The recorder's side.
  private long run;
  private int sequence;
  private long runOrigin;
  private long segmentFirst;
  private Instant segmentStart = Instant.EPOCH;
  private Instant runStart = Instant.EPOCH;
  private ByteArrayOutputStream object = new ByteArrayOutputStream();
  private KeyFrameIndex.Builder keys = new KeyFrameIndex.Builder();
  private final List<AccessUnit> part = new ArrayList<>();
  private boolean writing;

  LiveCamera(StreamId id, FakeClock clock, InMemoryArchive archive, boolean recorded) {
    this(id, clock, archive, recorded, "run.mp4");
  }

  LiveCamera(StreamId id, FakeClock clock, InMemoryArchive archive, boolean recorded, String name) {
    this.id = id;
    this.clock = clock;
    this.archive = archive;
    this.recorded = recorded;
    byte[] file = RecordedRun.clip(name);
    init = InitSegment.parse(Bytes.copyOf(file));
    int at = init.bytes().size();
    while (at + 8 <= file.length) {
      int size = ByteBuffer.wrap(file).getInt(at);
      if (ByteBuffer.wrap(file).getInt(at + 4) == 0x6D6F6F66) { // moof
        ByteBuffer fragment = ByteBuffer.wrap(file, at, file.length - at).slice();
        for (FragmentSample sample : FragmentSamples.list(fragment, init)) {
          byte[] data = FragmentSamples.data(fragment, sample);
          clip.add(new AccessUnit(0, 0, 0, sample.keyFrame(), data, Instant.EPOCH, 0));
        }
      }
      at += size;
    }
  }

  /** From now on the camera's own clock is wrong by so much. */
  synchronized void clockError(Duration error) {
    clockError = error;
  }

  /** Sends so many pictures, one every 40 ms of the clock. */
  void send(int frames) {
    for (int i = 0; i < frames; i++) {
      clock.advance(Duration.ofMillis(40));
      sendNow();
    }
  }

  /** Sends the next picture; the clock stands. */
  synchronized void sendNow() {
    AccessUnit picture = clip.get((int) (sent % clip.size()));
    long ticks = rtpBase + sent * FRAME_TICKS;
    AccessUnit unit =
        new AccessUnit(
            0, ticks, ticks, picture.keyFrame(), picture.data(), clock.now(), clock.nanoTime());
    sent++;
    if (unit.keyFrame()) {
      sinceKey.clear();
    }
    sinceKey.add(unit);
    if (recorded) {
      record(unit);
    }
    listeners.forEach(listener -> listener.onUnit(unit));
  }

  void seconds(int seconds) {
    send(25 * seconds);
  }

  /** The connection breaks, and is back with a new run after so long. */
  synchronized void breakFor(Duration time) {
    if (writing) {
      writePart();
      seal(clock.now());
    }
    sinceKey.clear();
    connected = false;
    Interruption why =
        new Interruption(GapCause.NETWORK, ErrorKind.UNAVAILABLE, "gone", clock.now());
    listeners.forEach(listener -> listener.onInterrupted(why));
    clock.advance(time);
    rtpBase += 1_000_000_000;
    sent = (sent + 24) / 25 * 25;
    connected = true;
    writing = false;
    run = 0;
    listeners.forEach(listener -> listener.onFormat(format()));
  }

  private void record(AccessUnit unit) {
    if (unit.keyFrame() || part.size() == PART_FRAMES) {
      writePart();
    }
    if (unit.keyFrame() && run == 0) {
      run = unit.arrival().toEpochMilli() * 1_000;
      runOrigin = unit.dts();
      runStart = unit.arrival();
      sequence = 0;
      begin(unit);
    } else if (unit.keyFrame() && unit.dts() - segmentFirst >= SEGMENT_SECONDS * 90_000L) {
      seal(at(unit.dts()));
      begin(unit);
    }
    if (run != 0) {
      part.add(unit);
    }
  }

  private Instant at(long dts) {
    return runStart.plusNanos((dts - runOrigin) * 100_000 / 9);
  }

  private void begin(AccessUnit unit) {
    object = new ByteArrayOutputStream();
    object.writeBytes(init.bytes().toByteArray());
    keys = new KeyFrameIndex.Builder();
    segmentFirst = unit.dts();
    segmentStart = at(unit.dts());
    writing = true;
  }

  private void writePart() {
    if (part.isEmpty()) {
      return;
    }
    FragmentWriter writer = new FragmentWriter(1);
    for (AccessUnit unit : part) {
      long ticks = unit.dts() - runOrigin;
      writer.add(0, ticks, ticks, FRAME_TICKS, unit.keyFrame(), unit.data());
    }
    if (part.getFirst().keyFrame()) {
      keys.add(part.getFirst().dts() - segmentFirst, object.size());
    }
    object.writeBytes(writer.end().toByteArray());
    Instant end = at(part.getLast().dts() + FRAME_TICKS);
    part.clear();
    archive.grow(row(end, Segment.State.WRITING), object.toByteArray());
  }

  private void seal(Instant end) {
    archive.grow(row(end, Segment.State.STORED), object.toByteArray());
    sequence++;
  }

  private Segment row(Instant end, Segment.State state) {
    TrackFormat.Video video = format().video();
    return new Segment(
        id,
        run,
        sequence,
        new TimeRange(segmentStart, end.isAfter(segmentStart) ? end : segmentStart.plusMillis(1)),
        new TimeBasis(
            segmentFirst, segmentStart, segmentStart.plus(clockError), Duration.ofMillis(1)),
        segmentFirst - runOrigin,
        init.bytes(),
        video.codecString(),
        video.width(),
        video.height(),
        keys.build(),
        1,
        0,
        object.size(),
        Bytes.EMPTY,
        Bytes.EMPTY,
        state);
  }

  private StreamFormat format() {
    return new StreamFormat(
        List.of(init.video().map(InitTrack::format).map(TrackFormat.class::cast).orElseThrow()));
  }

  @Override
  public StreamId id() {
    return id;
  }

  @Override
  public synchronized Subscription subscribe(StreamListener listener, Start start) {
    if (connected) {
      listener.onFormat(format());
      if (start == Start.LAST_KEY_FRAME) {
        sinceKey.forEach(listener::onUnit);
      }
    }
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** How many listen. */
  int listeners() {
    return listeners.size();
  }

  @Override
  public void requestKeyFrame() {}

  @Override
  public StreamStatus status() {
    return new StreamStatus(
        StreamStatus.State.STREAMING, Instant.EPOCH, null, 0, 25, 0, 0, 0, null, format());
  }
}
