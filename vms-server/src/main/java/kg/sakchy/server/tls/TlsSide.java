package kg.sakchy.server.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.TlsConfig;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.core.tls.HostNames;
import kg.sakchy.core.tls.KeyedCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate, and that another one is shown when there is one.
 *
 * <p>A certificate that cannot be used ends the start; later it leaves the one before in its place
 * and a word in the log. One that has expired is shown nevertheless: recording must not wait for
 * who forgot to renew it.
 *
 * <p>Threads: opened and closed by one thread; a virtual thread of its own looks.
 */
public final class TlsSide implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsSide.class);
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final CertificateSource source;
  private final VmsClock clock;
  private final CurrentCertificate current;
  private final CountDownLatch closing = new CountDownLatch(1);
  private String lastWord = "";

  private TlsSide(CertificateSource source, VmsClock clock) {
    this.source = source;
    this.clock = clock;
    current = new CurrentCertificate(source.first());
  }

  /**
   * Takes a certificate up, if there shall be one.
   *
   * @param names by which the server is called besides those of the machine
   * @param dataDir where a generated one is kept
   * @throws VmsException when it cannot be used; one sentence for the person who starts the server
   */
  public static Optional<TlsSide> open(
      TlsConfig config, HostNames names, Path dataDir, VmsClock clock, MeterRegistry metrics) {
    return switch (config.mode()) {
      case NONE -> Optional.empty();
      case GENERATED -> {
        HostNames hosts = OwnHost.names().and(names);
        Path directory = dataDir.resolve("tls");
        yield Optional.of(
            started(new GeneratedCertificate(directory, hosts, clock), clock, metrics));
      }
      case FILES -> Optional.of(started(new GivenCertificate(config), clock, metrics));
    };
  }

  private static TlsSide started(CertificateSource source, VmsClock clock, MeterRegistry metrics) {
    TlsSide side = new TlsSide(source, clock);
    Gauge.builder(
            "sakchy_tls_certificate_expires_seconds",
            side.current,
            shown -> (double) shown.get().expires().getEpochSecond())
        .description("When the certificate of this server expires, in seconds since 1970")
        .register(metrics);
    side.tellOfExpiry();
    Thread.ofVirtual().name("certificate").start(side::repeat);
    return side;
  }

  /** What listeners are given. */
  public CurrentCertificate certificate() {
    return current;
  }

  private void repeat() {
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shows another certificate if there is one. */
  synchronized void look() {
    try {
      source.next(current.get()).ifPresent(this::show);
      tellOfExpiry();
    } catch (VmsException e) {
      tell("the certificate stays the one before: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("looking for another certificate failed", e);
    }
  }

  private void show(KeyedCertificate next) {
    current.replace(next);
    LOG.info("from now on the certificate is {}, SHA-256 {}", next, next.fingerprint());
  }

  private void tellOfExpiry() {
    KeyedCertificate shown = current.get();
    Instant now = clock.now();
    if (!now.isBefore(shown.expires())) {
      tell("the certificate has expired, and clients refuse it: " + shown);
    } else if (now.plus(SOON).isAfter(shown.expires())) {
      tell("the certificate expires soon: " + shown);
    } else {
      lastWord = "";
    }
  }

  /** Once, not at every look. */
  private void tell(String word) {
    if (!word.equals(lastWord)) {
      lastWord = word;
      LOG.warn(word);
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
