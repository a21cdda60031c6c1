package kg.sakchy.core.config;

/**
 * Encryption of what the server serves: the web and RTSP.
 *
 * @param mode where the certificate comes from
 * @param certificate of the server and of who signed it, when {@code mode} is FILES
 * @param key of the certificate, when {@code mode} is FILES
 */
public record TlsConfig(Mode mode, PemSource certificate, PemSource key) {
  public static final TlsConfig DEFAULTS =
      new TlsConfig(Mode.NONE, new PemSource.Absent(), new PemSource.Absent());

  public TlsConfig {
    ConfigChecks.check(
        mode != Mode.FILES || (certificate.isGiven() && key.isGiven()),
        "tls",
        "tls.certificate and tls.key when tls.mode is files");
    ConfigChecks.check(
        mode == Mode.FILES || !(certificate.isGiven() || key.isGiven()),
        "tls.mode",
        "files when a certificate or a key is given");
  }

  /** Where the certificate comes from. */
  public enum Mode {
    /** Nothing is encrypted. */
    NONE,
    /** The server makes one and signs it itself. */
    GENERATED,
    /** The operator gives one. */
    FILES
  }
}
