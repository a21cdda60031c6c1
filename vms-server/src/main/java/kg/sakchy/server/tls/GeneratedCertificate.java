package kg.sakchy.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.tls.HostNames;
import kg.sakchy.core.tls.KeyedCertificate;
import kg.sakchy.core.tls.SelfSigned;
import kg.sakchy.storage.file.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate that the server makes and signs itself, kept with its key where only the server's
 * user can read it. Made anew in good time before it expires, and when the names it should be for
 * have become others while the server did not run.
 */
final class GeneratedCertificate implements CertificateSource {
  private static final Logger LOG = LoggerFactory.getLogger(GeneratedCertificate.class);

  /** What browsers take at most (CA/Browser Forum baseline requirements §6.3.2). */
  private static final Duration VALID = Duration.ofDays(397);

  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private final Path directory;
  private final Path certificateFile;
  private final Path keyFile;
  private final HostNames hosts;
  private final VmsClock clock;

  /**
   * @param directory where it is kept; made when missing
   * @param hosts the names and addresses of this machine
   */
  GeneratedCertificate(Path directory, HostNames hosts, VmsClock clock) {
    this.directory = directory;
    certificateFile = directory.resolve("certificate.pem");
    keyFile = directory.resolve("key.pem");
    this.hosts = hosts;
    this.clock = clock;
  }

  @Override
  public KeyedCertificate first() {
    return kept().filter(this::isGood).orElseGet(this::make);
  }

  @Override
  public Optional<KeyedCertificate> next(KeyedCertificate present) {
    return isInTime(present) ? Optional.empty() : Optional.of(make());
  }

  private boolean isGood(KeyedCertificate one) {
    return isInTime(one) && one.names().coverAll(hosts);
  }

  private boolean isInTime(KeyedCertificate one) {
    Instant now = clock.now();
    return now.plus(RENEWED_BEFORE).isBefore(one.expires())
        && !now.isBefore(one.certificate().getNotBefore().toInstant());
  }

  private Optional<KeyedCertificate> kept() {
    if (!Files.exists(certificateFile)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          KeyedCertificate.read(
              Files.readString(certificateFile, StandardCharsets.ISO_8859_1),
              Files.readString(keyFile, StandardCharsets.ISO_8859_1)));
    } catch (IOException | VmsException e) {
      LOG.warn("the certificate {} cannot be used; another one is made", certificateFile, e);
      return Optional.empty();
    }
  }

  private KeyedCertificate make() {
    KeyedCertificate made =
        SelfSigned.server("Sakchy", hosts, clock.now(), VALID, new SecureRandom());
    SelfSigned.Pem pem = SelfSigned.write(made);
    try {
      PrivateFiles.createDirectories(directory);
      PrivateFiles.write(keyFile, pem.key().getBytes(StandardCharsets.US_ASCII));
      PrivateFiles.write(certificateFile, pem.certificates().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE, "the certificate " + certificateFile + " cannot be written", e);
    }
    return made;
  }
}
