package kg.sakchy.gateway.hub;

import java.util.Arrays;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Hands what one camera sends to everyone who listens (invariant 1: one pull, many listeners).
 *
 * <p>Units are handed on as they are; nothing is copied for a listener. Listeners may subscribe and
 * unsubscribe while they are being called. Threads: confined to the stream's event loop.
 */
public final class StreamHub {
  private static final Subscriber[] NONE = {};

  private final StreamId id;
  private final LastGroup lastGroup;
  private final Runnable onDetached;
  private Subscriber[] subscribers = NONE; // replaced, never changed: callbacks may add and remove
  private Subscriber[] packetSubscribers = NONE; // those of them that hear packets
  private @Nullable StreamFormat format;
  private int videoTrack;

  /**
   * @param memory for the group of pictures that late viewers begin with
   * @param onDetached called for each listener that is cut off because it threw
   */
  public StreamHub(StreamId id, GroupMemory memory, Runnable onDetached) {
    this.id = id;
    lastGroup = new LastGroup(memory);
    this.onDetached = onDetached;
  }

  /** Adds a subscriber and tells it the format of the run that is going on, if one is. */
  public void add(Subscriber subscriber) {
    if (subscriber.isClosed()) {
      return;
    }
    Subscriber[] more = Arrays.copyOf(subscribers, subscribers.length + 1);
    more[subscribers.length] = subscriber;
    replace(more);
    StreamFormat current = format;
    if (current != null) {
      subscriber.onFormat(current, videoTrack);
      if (subscriber.start() == LiveStream.Start.LAST_KEY_FRAME) {
        lastGroup.units().forEach(subscriber::onUnit);
      }
    }
    sweep(subscriber);
  }

  /** Forgets a subscriber. Idempotent. */
  public void remove(Subscriber subscriber) {
    replace(Arrays.stream(subscribers).filter(s -> s != subscriber).toArray(Subscriber[]::new));
  }

  private void replace(Subscriber[] now) {
    subscribers = now;
    packetSubscribers =
        Arrays.stream(now).filter(Subscriber::hearsPackets).toArray(Subscriber[]::new);
  }

  /** Whether anybody hears packets. */
  public boolean isRelayed() {
    return packetSubscribers.length > 0;
  }

  /** See {@link PacketListener#onPacket}. */
  public void packet(PacketTrack track, RtpPacket packet, long ticks) {
    for (Subscriber subscriber : packetSubscribers) {
      subscriber.onPacket(track, packet, ticks);
      sweep(subscriber);
    }
  }

  /** See {@link PacketListener#onPacketsRead}. */
  public void packetsRead() {
    for (Subscriber subscriber : packetSubscribers) {
      subscriber.onPacketsRead();
      sweep(subscriber);
    }
  }

  /** The units since the last key frame, or none if they are not held. */
  public List<AccessUnit> lastGroup() {
    return lastGroup.units();
  }

  /** Begins a run. */
  public void format(StreamFormat newFormat) {
    format = newFormat;
    lastGroup.clear();
    videoTrack = newFormat.videoTrack();
    for (Subscriber subscriber : subscribers) {
      subscriber.onFormat(newFormat, videoTrack);
      sweep(subscriber);
    }
  }

  public void unit(AccessUnit unit) {
    lastGroup.add(unit, videoTrack);
    for (Subscriber subscriber : subscribers) {
      subscriber.onUnit(unit);
      sweep(subscriber);
    }
  }

  public void loss(PacketLoss loss) {
    lastGroup.clear(); // a new viewer begins with pictures that are whole
    for (Subscriber subscriber : subscribers) {
      subscriber.onLoss(loss);
      sweep(subscriber);
    }
  }

  public void senderReport(SenderReport report) {
    for (Subscriber subscriber : subscribers) {
      subscriber.onSenderReport(report);
      sweep(subscriber);
    }
  }

  /** Ends the run, if one is going on, and tells why. */
  public void interrupted(Interruption interruption) {
    format = null;
    lastGroup.clear();
    for (Subscriber subscriber : subscribers) {
      subscriber.onInterrupted(interruption);
      sweep(subscriber);
    }
  }

  /** Lets go of all subscribers. */
  public void close() {
    format = null;
    lastGroup.clear();
    for (Subscriber subscriber : subscribers) {
      subscriber.close();
    }
    replace(NONE);
  }

  /** The format of the run that is going on, or null between runs. */
  public @Nullable StreamFormat format() {
    return format;
  }

  /** Whether anybody listens who cannot wait a moment. */
  public boolean isWatched() {
    for (Subscriber subscriber : subscribers) {
      if (!subscriber.isPatient()) {
        return true;
      }
    }
    return false;
  }

  /** How many listen. */
  public int size() {
    return subscribers.length;
  }

  private void sweep(Subscriber subscriber) {
    if (subscriber.isClosed()) {
      remove(subscriber);
      if (subscriber.failed(id)) {
        onDetached.run();
      }
    }
  }
}
