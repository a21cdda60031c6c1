package kg.sakchy.server.tls;

import java.util.Optional;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.tls.KeyedCertificate;

/** Where the server's certificate comes from. Threads: one at a time; may block. */
sealed interface CertificateSource permits GeneratedCertificate, GivenCertificate {
  /**
   * The one to begin with.
   *
   * @throws VmsException when there is none that can be used; one sentence for the person who
   *     starts the server
   */
  KeyedCertificate first();

  /**
   * The one to show instead of the present one; empty while that is right.
   *
   * @throws VmsException when there is another one that cannot be used
   */
  Optional<KeyedCertificate> next(KeyedCertificate present);
}
