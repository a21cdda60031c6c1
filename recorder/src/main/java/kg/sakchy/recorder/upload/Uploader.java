package kg.sakchy.recorder.upload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import kg.sakchy.recorder.spool.Spool;
import kg.sakchy.recorder.spool.SpooledSegment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings sealed segments to the store and their rows into the index, then removes them from the
 * spool; in this order, so that a row exists only for a durable object (invariant 5). Every step
 * may be repeated. While the store or the database is away all uploads wait, and the segments stay.
 *
 * <p>Threads: a fixed number of virtual threads; {@link #add} and {@link #problem} from any.
 */
public final class Uploader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

  private final Spool spool;
  private final ObjectStore store;
  private final RecordingIndex index;
  private final VmsClock clock;
  private final RecorderMetrics metrics;
  private final Backoff backoff;
  private final UploadQueue queue;
  private final AtomicInteger failures = new AtomicInteger();
  private final List<Thread> workers = new ArrayList<>();
  private final Set<ObjectKey> mended = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String problem;

  public Uploader(
      Spool spool,
      ObjectStore store,
      RecordingIndex index,
      VmsClock clock,
      RecorderMetrics metrics,
      Backoff backoff) {
    this.spool = spool;
    this.store = store;
    this.index = index;
    this.clock = clock;
    this.metrics = metrics;
    this.backoff = backoff;
    this.queue = new UploadQueue();
    metrics.gauge("upload.waiting", "segments", "sealed segments not yet uploaded", queue::size);
    metrics.gauge(
        "upload.failing",
        "attempts",
        "failed attempts in a row; 0 while uploads succeed",
        failures::get);
  }

  /** Begins with what is in the spool. */
  public void start(int threads) {
    spool.sealed().forEach(queue::add);
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofVirtual().name("upload-" + i).start(this::work));
    }
  }

  /** A segment was sealed. */
  public void add(SpooledSegment segment) {
    queue.add(segment);
  }

  /** What is wrong with the store or the database, in words. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void work() {
    try {
      for (Optional<SpooledSegment> next = queue.take(); next.isPresent(); next = queue.take()) {
        upload(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void upload(SpooledSegment segment) {
    long began = clock.nanoTime();
    try {
      if (!isIndexed(segment)) {
        Segment row = segment.segment();
        if (segment.recovered()) {
          spool.verify(segment); // what a loss of power took would go unnoticed
        }
        store.put(row.key(), segment.media(), row.sha256());
        index.add(row);
        metrics.segmentsUploaded.increment();
      }
      spool.remove(segment);
      metrics.upload.record(Duration.ofNanos(clock.nanoTime() - began));
      succeeded();
    } catch (VmsException e) {
      metrics.uploadFailed(e.kind());
      failed(segment, e);
    } catch (RuntimeException e) { // a fault of ours must not end the worker
      metrics.uploadFailed(ErrorKind.INTERNAL);
      failed(segment, new VmsException(ErrorKind.INTERNAL, "the upload failed", e));
    }
  }

  /** After a crash between the row and the removal the segment is known already. */
  private boolean isIndexed(SpooledSegment segment) {
    Segment row = segment.segment();
    return segment.recovered()
        && index.find(row.stream(), row.range(), 100).stream()
            .anyMatch(
                known -> known.key().equals(row.key()) && known.sha256().equals(row.sha256()));
  }

  private void succeeded() {
    if (failures.getAndSet(0) > 0) {
      LOG.info("uploads succeed again, {} segments wait", queue.size());
      problem = null;
      queue.release();
    }
  }

  private void failed(SpooledSegment segment, VmsException e) {
    if (e.kind() == ErrorKind.DATA_LOSS) {
      mend(segment, e);
      return;
    }
    int inARow = failures.incrementAndGet();
    Duration delay = backoff.delay(inARow, ThreadLocalRandom.current());
    if (problem == null) {
      LOG.atWarn()
          .addKeyValue("key", segment.segment().key())
          .setCause(e)
          .log("uploads wait in the spool: {}", e.toLogLine());
    }
    problem = words(e);
    queue.hold(delay.toNanos());
    queue.add(segment);
  }

  /** The file is not what its row says: save what can be played. */
  private void mend(SpooledSegment segment, VmsException e) {
    LOG.atError()
        .addKeyValue("key", segment.segment().key())
        .log("a segment in the spool is damaged: {}", e.toLogLine());
    try {
      if (!mended.add(segment.segment().key())) {
        spool.setAside(segment);
      } else if (!spool.repair(segment)) {
        LOG.atError()
            .addKeyValue("key", segment.segment().key())
            .log("nothing of it can be played");
      }
    } catch (VmsException io) {
      failed(segment, io);
    }
  }

  private static String words(VmsException e) {
    return switch (e.kind()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          "the object store refuses the keys: " + e.getMessage();
      case FAILED_PRECONDITION -> "the object store is not set up: " + e.getMessage();
      case RESOURCE_EXHAUSTED -> "the object store is full: " + e.getMessage();
      case UNAVAILABLE, TIMEOUT, CANCELLED -> "segments wait in the spool: " + e.getMessage();
      case INVALID_ARGUMENT, NOT_FOUND, CONFLICT, UNSUPPORTED, DATA_LOSS, INTERNAL ->
          "an upload fails: " + e.getMessage();
    };
  }

  /** Ends the workers; an upload under way is interrupted and repeated after the next start. */
  @Override
  public void close() {
    queue.close();
    for (Thread worker : workers) {
      try {
        if (!worker.join(Duration.ofSeconds(5))) {
          worker.interrupt();
        }
      } catch (InterruptedException e) {
        worker.interrupt();
        Thread.currentThread().interrupt();
      }
    }
  }
}
