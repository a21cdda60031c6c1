package kg.sakchy.onvif.security;

import java.util.Optional;

/**
 * Keeps the fingerprints of certificates.
 *
 * <p>Threads: safe for use by many threads; calls may block.
 */
public interface PinStore {
  /** The fingerprint of a peer, if one was remembered. */
  Optional<String> find(String peer);

  /**
   * Remembers a peer's fingerprint unless there is one.
   *
   * @return the fingerprint that is kept now
   */
  String rememberFirst(String peer, String fingerprint);
}
