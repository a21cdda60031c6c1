package kg.sakchy.recorder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;

/**
 * A live stream whose camera does what the test says. Playing moves the clock, so hours of video
 * take seconds.
 */
public final class ScriptedStream implements LiveStream {
  private final StreamId id;
  private final FakeClock clock;
  private final List<Seat> seats = new CopyOnWriteArrayList<>();
  private Clip clip = Clip.SCENE;
  private boolean connected;
  private int picture;
  private long dts = 3_600_000_000L;
  private long audioTicks = 77_000;
  private Duration soundDue = Duration.ZERO;
  private int sound;

  /** RTP ticks between two pictures. */
  int ticksPerFrame = 3_600;

  /** Time between two pictures. */
  Duration frameTime = Duration.ofMillis(40);

  private static final class Seat {
    final StreamListener listener;
    boolean sawKeyFrame;

    Seat(StreamListener listener) {
      this.listener = listener;
    }
  }

  public ScriptedStream(StreamId id, FakeClock clock) {
    this.id = id;
    this.clock = clock;
  }

  @Override
  public StreamId id() {
    return id;
  }

  @Override
  public Subscription subscribe(StreamListener listener, Start start) {
    Seat seat = new Seat(listener);
    if (connected) {
      listener.onFormat(clip.format);
    }
    seats.add(seat);
    return () -> seats.remove(seat);
  }

  @Override
  public void requestKeyFrame() {
    throw new UnsupportedOperationException("the recorder asks for no key frames");
  }

  /** How many listen. */
  int listeners() {
    return seats.size();
  }

  @Override
  public StreamStatus status() {
    return new StreamStatus(
        connected ? StreamStatus.State.STREAMING : StreamStatus.State.CONNECTING,
        clock.now(),
        null,
        0,
        0,
        0,
        0,
        0,
        null,
        connected ? clip.format : null);
  }

  /** A connection: the camera begins with a key frame. */
  public void connect(Clip with) {
    clip = with;
    picture = 0;
    connected = true;
    for (Seat seat : seats) {
      seat.sawKeyFrame = false;
      seat.listener.onFormat(clip.format);
    }
  }

  public void connect() {
    connect(clip);
  }

  /** Plays for so long, by the pictures' own pace. */
  public void play(Duration duration) {
    for (long left = duration.dividedBy(frameTime); left > 0; left--) {
      playFrame();
    }
  }

  /** Plays until a key frame is next, or just behind one when it is next already. */
  void playToKeyFrame() {
    do {
      playFrame();
    } while (!clip.pictures.get(picture).keyFrame());
  }

  void playFrame() {
    Clip.Picture next = clip.pictures.get(picture);
    picture = (picture + 1) % clip.pictures.size();
    deliver(
        new AccessUnit(
            clip.format.videoTrack(),
            dts + (long) next.ptsFrames() * ticksPerFrame,
            dts,
            next.keyFrame(),
            next.data(),
            clock.now(),
            clock.nanoTime()));
    dts += ticksPerFrame;
    playSound();
    clock.advance(frameTime);
  }

  private void playSound() {
    if (clip.sound.isEmpty()) {
      return;
    }
    int track = 1 - clip.format.videoTrack();
    int rate = clip.format.audio().map(TrackFormat.Audio::clockRate).orElseThrow();
    Duration unit = Duration.ofNanos(1_024_000_000_000L / rate);
    for (; soundDue.compareTo(frameTime) < 0; soundDue = soundDue.plus(unit)) {
      byte[] data = clip.sound.get(sound++ % clip.sound.size());
      deliver(
          new AccessUnit(
              track,
              audioTicks,
              audioTicks,
              true,
              data,
              clock.now().plus(soundDue),
              clock.nanoTime() + soundDue.toNanos()));
      audioTicks += 1024;
    }
    soundDue = soundDue.minus(frameTime);
  }

  private void deliver(AccessUnit unit) {
    boolean key = unit.track() == clip.format.videoTrack() && unit.keyFrame();
    for (Seat seat : seats) {
      seat.sawKeyFrame |= key;
      if (seat.sawKeyFrame) {
        seat.listener.onUnit(unit);
      }
    }
  }

  /** The camera's RTP time jumps. */
  void jump(Duration by) {
    dts += by.toMillis() * 90;
  }

  /** Pictures get lost on the way. */
  void lose(int frames) {
    for (int i = 0; i < frames; i++) {
      picture = (picture + 1) % clip.pictures.size();
      dts += ticksPerFrame;
      clock.advance(frameTime);
    }
    PacketLoss loss = new PacketLoss(clip.format.videoTrack(), frames, "packets lost", clock.now());
    seats.forEach(seat -> seat.listener.onLoss(loss));
  }

  /** The camera says what its clock shows just now. */
  void report(Instant cameraClock) {
    SenderReport report =
        new SenderReport(clip.format.videoTrack(), dts, cameraClock, clock.now(), clock.nanoTime());
    seats.forEach(seat -> seat.listener.onSenderReport(report));
  }

  /** The connection ends. */
  void interrupt(GapCause cause, String message) {
    connected = false;
    Interruption interruption =
        new Interruption(cause, ErrorKind.UNAVAILABLE, message, clock.now());
    for (Seat seat : new ArrayList<>(seats)) {
      seat.listener.onInterrupted(interruption);
    }
  }
}
