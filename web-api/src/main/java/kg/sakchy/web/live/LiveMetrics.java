package kg.sakchy.web.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of viewers. Threads: safe for use by many threads. */
final class LiveMetrics {
  private final AtomicInteger viewers = new AtomicInteger();
  private final Counter sentBytes;
  private final Counter droppedFrames;

  LiveMetrics(MeterRegistry registry) {
    Gauge.builder("sakchy_media_viewers_active", viewers, AtomicInteger::get)
        .description("Viewers with an open media socket")
        .register(registry);
    sentBytes =
        Counter.builder("sakchy_media_sent")
            .baseUnit("bytes")
            .description("Bytes of live and archived media sent to media sockets")
            .register(registry);
    droppedFrames =
        Counter.builder("sakchy_media_dropped_frames")
            .description("Frames that viewers did not get because they do not read in time")
            .register(registry);
  }

  /** How many watch; who comes or goes counts here. */
  AtomicInteger viewers() {
    return viewers;
  }

  void sent(long bytes) {
    sentBytes.increment((double) bytes);
  }

  void dropped(long frames) {
    droppedFrames.increment((double) frames);
  }
}
