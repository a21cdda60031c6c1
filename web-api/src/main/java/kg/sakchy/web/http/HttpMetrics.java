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

  private final MeterRegistry registry;
  private final VmsClock clock;
  private final Counter sentBytes;
  private final AtomicInteger downloads = new AtomicInteger();

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
  }

  @Override
  public void handle(RoutingContext context) {
    long begin = clock.nanoTime();
    context.addEndHandler(
        ended -> {
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

  void sent(long bytes) {
    sentBytes.increment((double) bytes);
  }
}
