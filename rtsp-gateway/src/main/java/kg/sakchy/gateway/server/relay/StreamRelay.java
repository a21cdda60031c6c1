package kg.sakchy.gateway.server.relay;

import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.hub.PacketListener;
import kg.sakchy.gateway.hub.PacketSource;
import kg.sakchy.gateway.hub.PacketTrack;
import kg.sakchy.gateway.server.delivery.PacketBatch;
import kg.sakchy.gateway.server.offer.Offer;
import kg.sakchy.gateway.server.offer.OfferedTrack;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Hands the packets of one stream to all its readers: each packet is copied once, with numbers and
 * times of the relay, and the copy is shared. Lives while there are readers.
 *
 * <p>A reader begins with the units since the last key frame, made into packets anew on its own
 * loop; the packets of the unit that is under way are held until it is complete, so that relayed
 * packets follow without a hole.
 *
 * <p>Threads: confined to the stream's event loop. The only work done there for readers is one copy
 * of each packet, and one task for each event loop that has readers.
 */
final class StreamRelay implements PacketListener {
  private final PacketSource stream;
  private final Offer offer;
  private final RelayContext context;
  private final Runnable onEmpty;
  private final List<RelayTrack> tracks = new ArrayList<>();
  private final Map<EventLoop, LoopReaders> loops = new HashMap<>();
  private final List<RelayReader> early = new ArrayList<>();
  private final Outbox outbox;
  private LiveStream.@Nullable Subscription subscription;
  private @Nullable StreamFormat format;
  private boolean listening;
  private boolean positioned;
  private boolean admitting;
  private boolean unfit;
  private boolean interrupted;
  private boolean closed;

  /**
   * @param offer what readers were told
   * @param onEmpty called when the last reader has left and the relay is closed
   */
  StreamRelay(PacketSource stream, Offer offer, RelayContext context, Runnable onEmpty) {
    this.stream = stream;
    this.offer = offer;
    this.context = context;
    this.onEmpty = onEmpty;
    outbox = new Outbox(context.allocator());
    for (OfferedTrack track : offer.tracks()) {
      tracks.add(new RelayTrack(track, context.random().nextInt()));
    }
  }

  /** What came of {@link #join}. */
  enum Joined {
    YES,
    /** The last reader has just left; another relay will do. */
    CLOSED,
    /** The stream is not what the offer says. */
    UNFIT
  }

  /** Begins to listen; any thread. */
  void open() {
    subscription = stream.subscribe(this, LiveStream.Start.LAST_KEY_FRAME);
    stream.between(units -> listening = true); // units after this are new ones
  }

  /** Adds a reader. On the stream's loop. */
  Joined join(RelayReader reader, List<AccessUnit> sinceKeyFrame) {
    if (closed) {
      return unfit ? Joined.UNFIT : Joined.CLOSED;
    }
    if (isReady()) {
      attach(reader, sinceKeyFrame);
    } else {
      early.add(reader);
    }
    return Joined.YES;
  }

  /** Whether units and packets lie on one line, and all packets after the last unit were seen. */
  private boolean isReady() {
    return positioned && tracks.stream().noneMatch(RelayTrack::isRebased);
  }

  private void attach(RelayReader reader, List<AccessUnit> units) {
    send();
    boolean relayedOnly = !offer.video().canPacketize();
    Burst burst = burst(units, relayedOnly || !units.isEmpty());
    loops.computeIfAbsent(reader.outlet().loop(), LoopReaders::new).add(reader, burst);
  }

  /** A reader leaves. On the stream's loop. */
  void leave(RelayReader reader) {
    LoopReaders readers = loops.get(reader.outlet().loop());
    if (!early.remove(reader) && readers != null) {
      readers.removed(reader);
      if (readers.count() == 0) {
        loops.remove(reader.outlet().loop());
      }
    }
    if (early.isEmpty() && loops.isEmpty()) {
      close();
    }
  }

  private void close() {
    if (!closed) {
      closed = true;
      if (subscription != null) {
        subscription.close();
      }
      outbox.take().forEach(PacketBatch::release);
      tracks.forEach(RelayTrack::clear);
      onEmpty.run();
    }
  }

  @Override
  public void onFormat(StreamFormat newFormat) {
    if (!offer.carries(newFormat.tracks())) {
      giveUp("the camera sends something else now");
      return;
    }
    format = newFormat;
    for (RelayTrack track : tracks) {
      track.beginRun(interrupted);
    }
    interrupted = false;
  }

  @Override
  public void onInterrupted(Interruption interruption) {
    send();
    interrupted = true;
    positioned = false;
    format = null;
    tracks.forEach(RelayTrack::interrupted);
    loops.values().forEach(readers -> readers.all(RelayReader::hold));
  }

  private void giveUp(String reason) {
    unfit = true;
    List<LoopReaders> all = List.copyOf(loops.values());
    all.forEach(readers -> readers.all(reader -> reader.giveUp(reason)));
    List<RelayReader> waiting = List.copyOf(early);
    waiting.forEach(reader -> reader.outlet().execute(() -> reader.giveUp(reason)));
    close(); // they leave a closed relay
  }

  @Override
  public void onPacket(PacketTrack source, RtpPacket packet, long ticks) {
    RelayTrack track = track(source);
    if (track == null || !track.passes(source) || closed) {
      return;
    }
    long placed = track.place(ticks, context.clock().nanoTime());
    int sequence = track.sequence(packet);
    PacketBatch batch = outbox.add(track, packet, sequence, placed);
    track.hold(batch, batch.size() - 1, sequence, ticks);
  }

  private @Nullable RelayTrack track(PacketTrack source) {
    for (RelayTrack track : tracks) {
      if (track.offered().codec() == source.codec()) {
        return track;
      }
    }
    return null;
  }

  @Override
  public void onPacketsRead() {
    send();
  }

  /** Hands on what was collected, one task for each loop. */
  private void send() {
    if (!outbox.isEmpty()) {
      List<PacketBatch> batches = outbox.take();
      loops.values().forEach(readers -> readers.take(batches));
      batches.forEach(PacketBatch::release);
    }
  }

  @Override
  public void onUnit(AccessUnit unit) {
    RelayTrack track = trackOf(unit.track());
    if (track == null || closed) {
      return;
    }
    if (track.isMadeAnew()) {
      makeAnew(track, unit);
    }
    track.complete(unit);
    if (track.offered().isVideo()) {
      picture(unit);
    }
  }

  private @Nullable RelayTrack trackOf(int index) {
    StreamFormat run = format;
    for (RelayTrack track : tracks) {
      if (run != null && track.offered().indexIn(run.tracks()) == index) {
        return track;
      }
    }
    return null;
  }

  private void makeAnew(RelayTrack track, AccessUnit unit) {
    long placed = track.place(unit.pts(), unit.arrivalNanos());
    List<ByteBuffer> packets = new ArrayList<>();
    try {
      track.packetizer().packetize(placed, unit.data(), packets::add);
    } catch (VmsException e) {
      return; // a malformed unit goes to nobody
    }
    for (ByteBuffer packet : packets) {
      outbox.add(track, packet, track.next(packet.remaining() - RtpPacket.HEADER_BYTES));
    }
  }

  /** A picture is complete: readers can be brought to this point. */
  private void picture(AccessUnit unit) {
    if (!listening) {
      return;
    }
    positioned = true;
    if (unit.keyFrame() && loops.values().stream().anyMatch(LoopReaders::isWaiting)) {
      send();
      loops.values().forEach(readers -> readers.keyFrame(burst(List.of(unit), true)));
    }
    if (!early.isEmpty() && !admitting) {
      admitting = true;
      stream.between(this::admit);
    }
  }

  private void admit(List<AccessUnit> sinceKeyFrame) {
    admitting = false;
    if (!closed && isReady()) {
      List<RelayReader> joining = List.copyOf(early);
      early.clear();
      joining.forEach(reader -> attach(reader, sinceKeyFrame));
    }
  }

  private Burst burst(List<AccessUnit> units, boolean begins) {
    List<Burst.Line> lines = new ArrayList<>();
    StreamFormat run = format;
    for (RelayTrack track : tracks) {
      int index = run == null ? -1 : track.offered().indexIn(run.tracks());
      TrackFormat now = run == null || index < 0 ? null : run.tracks().get(index);
      boolean same = now == null || now.config().equals(track.offered().format().config());
      lines.add(
          new Burst.Line(
              track.offered(),
              index,
              same ? null : now,
              track.ssrc(),
              track.shift(),
              track.joinSequence(),
              track.maxPacket(),
              track.open(),
              track.report()));
    }
    return new Burst(lines, units, begins);
  }

  @Override
  public void onSenderReport(SenderReport report) {
    RelayTrack track = trackOf(report.track());
    if (track != null) {
      track.report(report);
      var out = track.report();
      if (out != null) {
        send();
        ByteBuffer compound = Burst.control(out);
        int index = track.offered().index();
        loops.values().forEach(readers -> readers.all(reader -> reader.control(index, compound)));
      }
    }
  }
}
