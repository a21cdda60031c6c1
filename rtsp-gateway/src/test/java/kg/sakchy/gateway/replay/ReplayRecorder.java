package kg.sakchy.gateway.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import org.jspecify.annotations.Nullable;

/** Keeps what a replay brings, and can refuse to take more. Threads: safe for use by many. */
final class ReplayRecorder implements EdgeReplay.Listener {
  private final List<StreamFormat> formats = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CountDownLatch gate;

  /** One sample as it came. */
  record Sample(AccessUnit unit, Instant at, boolean discontinuity) {}

  ReplayRecorder() {
    this(new CountDownLatch(0));
  }

  /**
   * @param gate opened when samples may be taken
   */
  ReplayRecorder(CountDownLatch gate) {
    this.gate = gate;
  }

  @Override
  public synchronized void format(StreamFormat format) {
    formats.add(format);
  }

  @Override
  public void sample(AccessUnit unit, Instant at, boolean discontinuity) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    synchronized (this) {
      samples.add(new Sample(unit, at, discontinuity));
    }
  }

  @Override
  public void ended(@Nullable VmsException why) {
    ended.complete(why == null ? "" : why.kind() + ": " + why.getMessage());
  }

  /** Waits for the end; empty when it is a good one, else kind and words. */
  String outcome() throws ExecutionException, InterruptedException, TimeoutException {
    return ended.get(30, TimeUnit.SECONDS);
  }

  boolean hasEnded() {
    return ended.isDone();
  }

  synchronized List<StreamFormat> formats() {
    return List.copyOf(formats);
  }

  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  List<Instant> times() {
    return samples().stream().map(Sample::at).toList();
  }
}
