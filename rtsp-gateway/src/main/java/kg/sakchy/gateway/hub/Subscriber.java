package kg.sakchy.gateway.hub;

import java.util.function.Consumer;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener of a stream: begins it with a key frame, and cuts it off when it throws, so that it
 * cannot hurt others.
 *
 * <p>Threads: {@link #close()} and {@link #isClosed()} from any thread, the rest on the stream's
 * event loop.
 */
public final class Subscriber implements LiveStream.Subscription {
  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

  private final StreamListener listener;
  private final LiveStream.Start start;
  private final Consumer<Subscriber> onClose;
  private volatile boolean closed;
  private boolean waitsForKeyFrame = true;
  private boolean inRun;
  private int videoTrack;
  private @Nullable Throwable thrown;

  /**
   * @param onClose called once when the subscriber closes itself, on the thread that did so
   */
  public Subscriber(StreamListener listener, LiveStream.Start start, Consumer<Subscriber> onClose) {
    this.listener = listener;
    this.start = start;
    this.onClose = onClose;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.accept(this);
    }
  }

  boolean isClosed() {
    return closed;
  }

  LiveStream.Start start() {
    return start;
  }

  boolean isPatient() {
    return listener.isPatient();
  }

  /** Whether it wants packets. */
  boolean hearsPackets() {
    return listener instanceof PacketListener;
  }

  void onPacket(PacketTrack track, RtpPacket packet, long ticks) {
    if (!closed && listener instanceof PacketListener packets) {
      try { // not through call(): no lambda per packet
        packets.onPacket(track, packet, ticks);
      } catch (Throwable error) {
        detach(error);
      }
    }
  }

  void onPacketsRead() {
    if (listener instanceof PacketListener packets) {
      call(packets::onPacketsRead);
    }
  }

  void onFormat(StreamFormat format, int newVideoTrack) {
    videoTrack = newVideoTrack;
    waitsForKeyFrame = true;
    inRun = true;
    call(() -> listener.onFormat(format));
  }

  void onUnit(AccessUnit unit) {
    if (closed || !inRun) {
      return;
    }
    if (waitsForKeyFrame) {
      if (unit.track() != videoTrack || !unit.keyFrame()) {
        return;
      }
      waitsForKeyFrame = false;
    }
    try { // not through call(): no lambda per unit
      listener.onUnit(unit);
    } catch (Throwable error) {
      detach(error);
    }
  }

  void onLoss(PacketLoss loss) {
    if (inRun && !waitsForKeyFrame) {
      call(() -> listener.onLoss(loss));
    }
  }

  void onSenderReport(SenderReport report) {
    if (inRun) {
      call(() -> listener.onSenderReport(report));
    }
  }

  void onInterrupted(Interruption interruption) {
    inRun = false;
    call(() -> listener.onInterrupted(interruption));
  }

  private void call(Runnable delivery) {
    if (closed) {
      return;
    }
    try {
      delivery.run();
    } catch (Throwable error) {
      detach(error);
    }
  }

  private void detach(Throwable error) {
    thrown = error;
    close();
  }

  /** Whether it was cut off because it threw; says so in the log. */
  boolean failed(StreamId stream) {
    Throwable error = thrown;
    if (error != null) {
      log.atError()
          .addKeyValue("stream", stream)
          .setCause(error)
          .log("a listener failed and was cut off: {}", listener.getClass().getName());
    }
    return error != null;
  }
}
