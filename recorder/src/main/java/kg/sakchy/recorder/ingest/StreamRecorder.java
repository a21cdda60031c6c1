package kg.sakchy.recorder.ingest;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.recorder.gap.GapTracker;
import org.jspecify.annotations.Nullable;

/**
 * Records one stream. On the event loop it only appends units to the part being collected and hands
 * whole parts to the lane; when too much waits in memory it drops parts until the next key frame
 * that finds room, and the writer notes the gap.
 *
 * <p>Threads: listener calls come from the stream's event loop, {@link #close} and {@link #status}
 * from any; a lock nobody waits for keeps the last call and the close apart.
 */
public final class StreamRecorder implements StreamListener {
  private final StreamId stream;
  private final IngestContext context;
  private final Lane lane;
  private final Progress progress = new Progress();
  private final StreamWriter writer;
  private final GapTracker gaps;
  private final PartCollector collector;
  private LiveStream.@Nullable Subscription subscription;
  private boolean waitsForKeyFrame;
  private boolean closed;
  private @Nullable String lastInterruption;

  /**
   * @param previousSha256 of the stream's last segment, or empty
   * @param gaps knows what is recorded so far
   */
  public StreamRecorder(
      StreamId stream, IngestContext context, Lane lane, Bytes previousSha256, GapTracker gaps) {
    this.stream = stream;
    this.context = context;
    this.lane = lane;
    this.gaps = gaps;
    this.writer = new StreamWriter(stream, context, gaps, previousSha256, progress);
    this.collector = new PartCollector(context.config().part());
  }

  /** Begins to listen. */
  public void start(LiveStream live) {
    LiveStream.Subscription begun = live.subscribe(this);
    synchronized (this) {
      subscription = begun;
    }
  }

  @Override
  public synchronized void onFormat(StreamFormat format) {
    hand(collector.flush());
    collector.format(format);
    lastInterruption = null;
  }

  @Override
  public synchronized void onUnit(AccessUnit unit) {
    hand(collector.add(unit));
  }

  @Override
  public synchronized void onLoss(PacketLoss loss) {
    collector.loss(loss);
  }

  @Override
  public synchronized void onSenderReport(SenderReport report) {
    collector.report(report);
  }

  @Override
  public synchronized void onInterrupted(Interruption interruption) {
    hand(collector.flush());
    String words = interruption.cause() + interruption.message();
    if (!closed && !words.equals(lastInterruption)) {
      lastInterruption = words;
      lane.execute(() -> writer.interrupted(interruption));
    }
  }

  @Override
  public boolean isPatient() {
    return true;
  }

  private void hand(@Nullable RawPart part) {
    if (part == null || closed) {
      return;
    }
    if (waitsForKeyFrame && !part.keyFrame()) {
      context.metrics().partsDropped.increment();
    } else if (context.budget().tryTake(part.bytes())) {
      waitsForKeyFrame = false;
      lane.execute(() -> write(part));
    } else {
      context.metrics().partsDropped.increment();
      if (!waitsForKeyFrame) {
        waitsForKeyFrame = true;
        lane.execute(
            () ->
                writer.stop(
                    GapCause.STORAGE, "the spool's disk is too slow: too much waits in memory"));
      }
    }
  }

  private void write(RawPart part) {
    try {
      writer.write(part);
    } finally {
      context.budget().giveBack(part.bytes());
    }
  }

  /**
   * Puts the open gap again with its growing end; called from time to time. Takes its turn behind
   * the parts that wait, so that they are not taken for missing; done when it had it.
   */
  public CompletableFuture<Void> growGap() {
    Instant now = context.clock().now();
    return CompletableFuture.runAsync(() -> gaps.grow(now), lane);
  }

  public RecordingStatus status() {
    return progress.status(context.clock(), context.spool().bytes(stream));
  }

  /** Ends the recording; done when the last segment is sealed. */
  public synchronized CompletableFuture<Void> close() {
    if (subscription != null) {
      subscription.close();
    }
    hand(collector.flush());
    closed = true;
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.execute(
        () -> {
          try {
            writer.finish();
          } finally {
            done.complete(null);
          }
        });
    return done;
  }
}
