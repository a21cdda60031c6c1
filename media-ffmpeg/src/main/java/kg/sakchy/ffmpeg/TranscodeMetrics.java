package kg.sakchy.ffmpeg;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What transcoding costs. Threads: safe for use by many threads. */
final class TranscodeMetrics {
  private static final double NANOS = 1e9;

  private final LongAdder cpuNanos = new LongAdder();
  private final Counter pictures;
  private final Counter dropped;
  private final Counter failed;
  private final Counter refused;

  /**
   * @param running how many streams are made
   */
  TranscodeMetrics(MeterRegistry registry, AtomicInteger running) {
    Gauge.builder("sakchy.transcode.streams", running, AtomicInteger::doubleValue)
        .description("Streams being coded anew, live and recorded")
        .strongReference(true)
        .register(registry);
    FunctionCounter.builder("sakchy.transcode.cpu", cpuNanos, nanos -> nanos.sum() / NANOS)
        .baseUnit("seconds")
        .description("Processor time spent on coding streams anew")
        .register(registry);
    pictures = counter(registry, "sakchy.transcode.pictures", "Pictures coded anew");
    dropped =
        counter(registry, "sakchy.transcode.dropped", "Units left out because the machine is busy");
    failed = counter(registry, "sakchy.transcode.failed", "Pictures that could not be decoded");
    refused = counter(registry, "sakchy.transcode.refused", "Viewers refused: all are busy");
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  void cpu(long nanos) {
    cpuNanos.add(nanos);
  }

  void made(int count) {
    pictures.increment(count);
  }

  void dropped() {
    dropped.increment();
  }

  void failed() {
    failed.increment();
  }

  void refused() {
    refused.increment();
  }
}
