package kg.sakchy.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kg.sakchy.core.config.PemSource;
import kg.sakchy.core.config.TlsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.tls.KeyedCertificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the operator. Files are read again at every look; what has not changed is not
 * taken apart again.
 */
final class GivenCertificate implements CertificateSource {
  /** Larger than any chain, smaller than what would hurt. */
  private static final int MAX_BYTES = 1 << 20;

  private final PemSource certificate;
  private final PemSource key;
  private @Nullable Texts seen;

  /** What was read last, good or not. */
  private record Texts(String certificates, String key) {
    @Override
    public String toString() {
      return "PEM";
    }
  }

  GivenCertificate(TlsConfig config) {
    certificate = config.certificate();
    key = config.key();
  }

  @Override
  public KeyedCertificate first() {
    Texts texts = texts();
    seen = texts;
    return read(texts);
  }

  @Override
  public Optional<KeyedCertificate> next(KeyedCertificate present) {
    Texts texts = texts();
    if (texts.equals(seen)) {
      return Optional.empty();
    }
    seen = texts;
    return Optional.of(read(texts));
  }

  private Texts texts() {
    return new Texts(text("tls.certificate", certificate), text("tls.key", key));
  }

  private static KeyedCertificate read(Texts texts) {
    try {
      return KeyedCertificate.read(texts.certificates(), texts.key());
    } catch (VmsException e) {
      throw new VmsException(e.kind(), "tls.certificate and tls.key: " + e.getMessage(), e);
    }
  }

  private static String text(String name, PemSource source) {
    return switch (source) {
      case PemSource.Given given -> given.text().value();
      case PemSource.InFile file -> text(name, file.path());
      case PemSource.Absent absent ->
          throw new VmsException(ErrorKind.INVALID_ARGUMENT, name + " is missing");
    };
  }

  private static String text(String name, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new VmsException(
            ErrorKind.INVALID_ARGUMENT, name + ": " + file + " is too large to be one");
      }
      return new String(content, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, name + ": cannot read the file " + file, e);
    }
  }
}
