package kg.sakchy.gateway.transport;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Decides which cameras' certificates are good enough for RTSPS.
 *
 * <p>Cameras come with certificates signed by themselves, with wrong names and long expired, so the
 * usual rules would refuse nearly all of them. {@link #ACCEPT_ANY} is the default: the connection
 * is encrypted, but nothing proves that the camera is who it says. A policy that compares the chain
 * with what was seen when the camera was registered (pinning), or with the authority of an
 * installation, takes its place here.
 *
 * <p>Threads: called from many event loops; must not block.
 */
@FunctionalInterface
public interface CertificatePolicy {
  /** Encrypts without asking who is there. */
  CertificatePolicy ACCEPT_ANY = (host, chain) -> {};

  /**
   * Looks at a camera's certificates.
   *
   * @param host as it was dialled
   * @param chain the camera's own certificate first
   * @throws CertificateException to refuse it; the message is shown to people
   */
  void check(String host, List<X509Certificate> chain) throws CertificateException;
}
