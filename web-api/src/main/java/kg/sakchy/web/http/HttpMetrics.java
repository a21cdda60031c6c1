package kg.sakchy.web.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.time.VmsClock;

/** What the web server counts. Threads: safe for use by many threads. */
final class HttpMetrics implements Handler<RoutingContext> {
  /** The operation that answered, for the label. */
  static final String OPERATION = "sakchy.operation";

  /** Set on what stays open, which would say nothing about how quickly requests are answered. */
  static final String LASTING = "sakchy.lasting";

  private final MeterRegistry registry;
  private final VmsClock clock;
  private final Counter sentBytes;
  private final Counter slowReaders;
  private final AtomicInteger downloads = new AtomicInteger();
  private final AtomicInteger eventStreams = new AtomicInteger();
  private final AtomicInteger sockets = new AtomicInteger();

  HttpMetrics(MeterRegistry registry, VmsClock clock) {
    this.registry = registry;
    this.clock = clock;
    sentBytes =
        Counter.builder("sakchy_web_download_bytes")
            .description("Bytes of recordings sent to clients")
            .register(registry);
    Gauge.builder("sakchy_web_downloads_active", downloads, AtomicInteger::get)
        .description("Downloads of recordings under way")
        .register(registry);
    slowReaders =
        Counter.builder("sakchy_web_slow_readers")
            .description("Event streams and sockets cut off because nobody read them")
            .register(registry);
    Gauge.builder("sakchy_web_event_streams_active", eventStreams, AtomicInteger::get)
        .description("Event streams that are open")
        .register(registry);
    Gauge.builder("sakchy_web_sockets_active", sockets, AtomicInteger::get)
        .description("Sockets that are open")
        .register(registry);
  }

  @Override
  public void handle(RoutingContext context) {
    long begin = clock.nanoTime();
    context.addEndHandler(
        ended -> {
          if (context.get(LASTING, false)) {
            return;
          }
          String operation = context.get(OPERATION, "none");
          int status = context.response().getStatusCode();
          Timer.builder("sakchy_web_requests")
              .description("Time from a request to the end of its answer")
              .tag("operation", operation)
              .tag("status", Integer.toString(status))
              .register(registry)
              .record(clock.nanoTime() - begin, TimeUnit.NANOSECONDS);
        });
    context.next();
  }

  void downloadBegins() {
    downloads.incrementAndGet();
  }

  void downloadEnds() {
    downloads.decrementAndGet();
  }

  /** How many event streams are open; who opens or closes one counts here. */
  AtomicInteger eventStreams() {
    return eventStreams;
  }

  /** How many sockets are open; who opens or closes one counts here. */
  AtomicInteger sockets() {
    return sockets;
  }

  void slowReaderCutOff() {
    slowReaders.increment();
  }

  void sent(long bytes) {
    sentBytes.increment((double) bytes);
  }
}
