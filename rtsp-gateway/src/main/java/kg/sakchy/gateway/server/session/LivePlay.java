package kg.sakchy.gateway.server.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews.LiveView;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.gateway.hub.PacketSource;
import kg.sakchy.gateway.server.delivery.Outlet;
import kg.sakchy.gateway.server.relay.RelayReader;
import kg.sakchy.media.rtsp.RequestTarget;
import kg.sakchy.media.rtsp.RtpInfo;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import org.jspecify.annotations.Nullable;

/**
 * A session that is sent the present.
 *
 * <p>Threads: as {@link Dialogue}; what the relay tells comes on the outlet's loop.
 */
final class LivePlay {
  private final ClientSession session;
  private final Outlet outlet;
  private final LiveView view;
  private final PacketSource stream;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable RelayReader reader;
  private Instant toldUntil = Instant.MIN; // guarded by this

  private LivePlay(ClientSession session, Outlet outlet, LiveView view, PacketSource stream) {
    this.session = session;
    this.outlet = outlet;
    this.view = view;
    this.stream = stream;
  }

  /**
   * Opens the stream.
   *
   * @throws VmsException as {@link kg.sakchy.core.live.LiveViews#open}
   */
  static LivePlay open(ClientSession session, Outlet outlet) {
    LiveView view = session.server().views().open(session.stream());
    if (view.stream() instanceof PacketSource source) {
      return new LivePlay(session, outlet, view, source);
    }
    view.close();
    throw new VmsException(ErrorKind.UNSUPPORTED, "the stream's packets cannot be heard");
  }

  LiveStream stream() {
    return stream;
  }

  /**
   * Joins the relay and answers PLAY, in front of the first packet. Without a picture the answer is
   * sent after a while all the same.
   */
  void begin(RtspRequest request, String base) {
    session.server().metrics().readers().incrementAndGet();
    RelayReader joining =
        new RelayReader(
            outlet,
            new RelayReader.Events() {
              @Override
              public void begins(List<RelayReader.Start> starts) {
                answer(request, base, starts);
                begun.complete(null);
              }

              @Override
              public void ended(String reason) {
                begun.complete(null);
                session.connection().close();
              }
            },
            session.server().metrics());
    toldUntil(session.server().clock().now());
    reader = joining;
    session.server().relays().join(stream, session.offer(), joining);
    try {
      begun.get(session.server().limits().answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      answer(request, base, List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void toldUntil(Instant now) {
    toldUntil = now;
  }

  /**
   * Has it recorded what was sent since the last time: the time by the clock, if the reader is sent
   * what is relayed. Any thread.
   */
  synchronized void tell() {
    RelayReader told = reader;
    if (told == null || closed.get()) {
      return;
    }
    Instant now = session.server().clock().now();
    if (told.isLive()) {
      session.delivered(toldUntil, now);
    }
    toldUntil = now;
  }

  private void answer(RtspRequest request, String base, List<RelayReader.Start> starts) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    List<RtpInfo.Track> tracks = new ArrayList<>();
    for (RelayReader.Start start : starts) {
      tracks.add(
          new RtpInfo.Track(
              base + "/" + RequestTarget.TRACK + start.track(),
              OptionalInt.of(start.sequence()),
              OptionalLong.of(start.rtpTime())));
    }
    var headers = session.headers(request).add("Range", "npt=now-");
    if (!tracks.isEmpty()) {
      headers.add("RTP-Info", new RtpInfo(tracks).format());
    }
    session.connection().send(new RtspResponse(RtspStatus.OK, headers));
  }

  /** Leaves the relay. Idempotent. */
  void close() {
    tell();
    RelayReader leaving = reader;
    if (closed.compareAndSet(false, true) && leaving != null) {
      session.server().metrics().readers().decrementAndGet();
      outlet.execute(() -> session.server().relays().leave(stream, session.offer(), leaving));
    }
    view.close();
  }
}
