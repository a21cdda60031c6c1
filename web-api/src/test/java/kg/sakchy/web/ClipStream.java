package kg.sakchy.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.InitTrack;
import kg.sakchy.media.mp4.SegmentScan;

/** A camera that sends the pictures of a committed clip, over and over, when a test says so. */
final class ClipStream implements LiveStream {
  /** Between the pictures of the clips, 90 kHz. */
  static final int FRAME_TICKS = 3_600;

  private static final long FIRST_TICKS = 1_000_000;

  private final VmsClock clock;
  private final List<AccessUnit> sinceKey = new ArrayList<>();
  private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();
  private List<byte[]> samples = List.of();
  private List<Boolean> keys = List.of();
  private StreamFormat format = new StreamFormat(List.of());
  private volatile boolean away;
  private int sent;

  ClipStream(VmsClock clock, String clip) {
    this.clock = clock;
    load(clip);
  }

  private void load(String clip) {
    byte[] file = RecordedRun.clip(clip);
    SegmentScan scan = RecordedRun.scan(file);
    List<byte[]> data = new ArrayList<>();
    List<Boolean> key = new ArrayList<>();
    for (SegmentScan.Part part : scan.parts()) {
      ByteBuffer whole = ByteBuffer.wrap(file, (int) part.offset(), part.sizeBytes()).slice();
      for (FragmentSample sample : FragmentSamples.list(whole, scan.init())) {
        data.add(FragmentSamples.data(whole, sample));
        key.add(sample.keyFrame());
      }
    }
    samples = data;
    keys = key;
    TrackFormat video = scan.init().video().map(InitTrack::format).orElseThrow();
    format = new StreamFormat(List.of(video));
  }

  /** The camera begins to send another clip. */
  synchronized void change(String clip) {
    load(clip);
    sent = 0;
    sinceKey.clear();
    listeners.forEach(listener -> listener.onFormat(format));
  }

  /** Sends another format, and pictures nobody can play. */
  synchronized void changeTo(StreamFormat other) {
    format = other;
    sinceKey.clear();
    listeners.forEach(listener -> listener.onFormat(format));
  }

  /** So many pictures come, each when the one before it has lasted. */
  void send(int pictures) {
    for (int i = 0; i < pictures; i++) {
      next();
    }
  }

  /** One picture comes. */
  synchronized void next() {
    int index = sent % samples.size();
    long ticks = FIRST_TICKS + (long) sent * FRAME_TICKS;
    AccessUnit unit =
        new AccessUnit(
            0, ticks, ticks, keys.get(index), samples.get(index), clock.now(), clock.nanoTime());
    sent++;
    if (unit.keyFrame()) {
      sinceKey.clear();
    }
    sinceKey.add(unit);
    listeners.forEach(listener -> listener.onUnit(unit));
  }

  /** One picture comes that is so large, and no picture at all. */
  synchronized void sendBytes(boolean keyFrame, int size) {
    long ticks = FIRST_TICKS + (long) sent++ * FRAME_TICKS;
    AccessUnit unit =
        new AccessUnit(0, ticks, ticks, keyFrame, new byte[size], clock.now(), clock.nanoTime());
    listeners.forEach(listener -> listener.onUnit(unit));
  }

  /** So many pictures are lost on the way. */
  synchronized void lose(int pictures) {
    sent += pictures;
  }

  /** The camera goes away. */
  synchronized void goAway() {
    away = true;
    sinceKey.clear();
    Interruption why =
        new Interruption(
            GapCause.NETWORK, ErrorKind.UNAVAILABLE, "the camera does not answer", clock.now());
    listeners.forEach(listener -> listener.onInterrupted(why));
  }

  /** It comes back with the key frame that is next. */
  synchronized void comeBack() {
    away = false;
    sent = (sent / samples.size() + 1) * samples.size();
    listeners.forEach(listener -> listener.onFormat(format));
  }

  int viewers() {
    return listeners.size();
  }

  /** How long so many pictures last. */
  static Duration lasting(int pictures) {
    return MediaTime.duration((long) pictures * FRAME_TICKS, Segment.TIMESCALE);
  }

  @Override
  public StreamId id() {
    return TestServer.GATE_MAIN;
  }

  @Override
  public synchronized Subscription subscribe(StreamListener listener, Start start) {
    if (!away) {
      listener.onFormat(format);
      if (start == Start.LAST_KEY_FRAME) {
        sinceKey.forEach(listener::onUnit);
      }
    }
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void requestKeyFrame() {
    throw new UnsupportedOperationException("a viewer asks for no key frames");
  }

  @Override
  public StreamStatus status() {
    throw new UnsupportedOperationException("a viewer asks for no status");
  }
}
