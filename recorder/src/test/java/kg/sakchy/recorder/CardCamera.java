package kg.sakchy.recorder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.edge.EdgeRecordings;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * A camera with a memory card, on which a picture is recorded every 40 ms from an origin on, and a
 * clock of its own. Threads: set up before it is used; a replay runs on a thread of its own.
 */
final class CardCamera implements EdgeRecordings, EdgeReplay {
  /** A live picture arrives so long after it was taken: others are coded before it. */
  static final Duration DELAY = Duration.ofMillis(80);

  private static final long RTP_ORIGIN = 7_000_000_000L;

  private final Instant origin;

  /** What the card holds, by the server's clock. */
  final List<TimeRange> held = new CopyOnWriteArrayList<>();

  /** Requests for what the card holds, and replays. */
  final AtomicInteger asked = new AtomicInteger();

  final AtomicInteger replays = new AtomicInteger();

  /** The camera's clock minus the server's, and what ONVIF told of that. */
  Duration clockError = Duration.ZERO;

  Duration told = Duration.ZERO;

  /** From here on the card has pictures of another size. */
  Instant smallerFrom = Instant.MAX;

  /** What {@link #spans} throws, or null. */
  volatile @Nullable VmsException refusal;

  /** Pictures after which the first replay dies. */
  volatile int diesAfter = Integer.MAX_VALUE;

  /** Pictures that may be played before a permit is needed for each. */
  volatile int free = Integer.MAX_VALUE;

  final Semaphore permits = new Semaphore(0);

  /** Plays what is asked for piece by piece, in an order of its own. */
  volatile @Nullable List<TimeRange> order;

  CardCamera(Instant origin) {
    this.origin = origin;
  }

  void holds(Instant from, Instant until) {
    held.add(new TimeRange(from, until));
  }

  @Override
  public List<EdgeSpan> spans(StreamId stream, TimeRange range) {
    asked.incrementAndGet();
    VmsException why = refusal;
    if (why != null) {
      throw why;
    }
    List<EdgeSpan> spans = new ArrayList<>();
    for (TimeRange each : held) {
      each.intersection(range)
          .ifPresent(
              part ->
                  spans.add(
                      new EdgeSpan(
                          stream,
                          part,
                          StreamSource.parse("rtsp://camera.example/replay", Transport.TCP),
                          told)));
    }
    return spans;
  }

  @Override
  public Playback start(EdgeSpan span, TimeRange range, Listener listener) {
    Play play = new Play(range, listener, replays.incrementAndGet() == 1);
    Thread.ofVirtual().start(play);
    return play::close;
  }

  private final class Play implements Runnable {
    private final TimeRange range;
    private final Listener listener;
    private final boolean first;
    private @Nullable Clip clip;
    private volatile boolean closed;
    private int played;
    private long dts = RTP_ORIGIN;

    Play(TimeRange range, Listener listener, boolean first) {
      this.range = range;
      this.listener = listener;
      this.first = first;
    }

    void close() {
      closed = true;
      permits.release();
    }

    @Override
    public void run() {
      List<TimeRange> pieces = order;
      VmsException end = null;
      for (TimeRange piece : pieces == null ? List.of(range) : pieces) {
        end = end == null ? play(piece) : end;
      }
      listener.ended(end);
    }

    private @Nullable VmsException play(TimeRange piece) {
      // with the key frame at or before its start; the card has one each second
      long number = Duration.between(origin, piece.start()).toMillis() / 1_000 * Clip.RATE;
      while (true) {
        Instant at = origin.plusMillis(number * 40);
        Clip now = at.isBefore(smallerFrom) ? Clip.SCENE : Clip.SMALLER;
        Clip.Picture picture = now.pictures.get((int) (number % now.pictures.size()));
        if (!at.isBefore(piece.end())) {
          return null;
        }
        if (closed || !waitForPermit()) {
          return new VmsException(ErrorKind.CANCELLED, "closed");
        }
        if (first && played >= diesAfter) {
          return new VmsException(ErrorKind.UNAVAILABLE, "the camera closed the connection");
        }
        if (now != clip) {
          clip = now;
          listener.format(now.format);
        }
        send(now, picture, at);
        number++;
      }
    }

    private boolean waitForPermit() {
      try {
        return played < free || permits.tryAcquire(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return false;
      }
    }

    private void send(Clip now, Clip.Picture picture, Instant at) {
      played++;
      dts += 3_600;
      int keyFrame = now.pictures.getFirst().ptsFrames();
      Instant taken = at.plusMillis((picture.ptsFrames() - keyFrame) * 40L).minus(DELAY);
      listener.sample(
          new AccessUnit(
              now.format.videoTrack(),
              dts + picture.ptsFrames() * 3_600L,
              dts,
              picture.keyFrame(),
              picture.data(),
              Instant.EPOCH.plusSeconds(3),
              0),
          taken.plus(clockError).minus(told),
          false);
    }
  }
}
