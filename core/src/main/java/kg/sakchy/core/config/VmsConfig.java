package kg.sakchy.core.config;

/**
 * The whole configuration; {@code configs/vms.yaml} shows every key with its default.
 *
 * @param dataDir directory for everything the server keeps: spool, embedded database, filesystem
 *     object store
 */
public record VmsConfig(
    String dataDir,
    TlsConfig tls,
    HttpConfig http,
    RtspConfig rtsp,
    WebRtcConfig webrtc,
    LiveConfig live,
    DatabaseConfig database,
    ObjectStoreConfig objectStore,
    DeviceConfig devices,
    GatewayConfig gateway,
    RecordingConfig recording,
    AuditConfig audit,
    OidcConfig oidc) {
  public static final VmsConfig DEFAULTS =
      new VmsConfig(
          "data",
          TlsConfig.DEFAULTS,
          HttpConfig.DEFAULTS,
          RtspConfig.DEFAULTS,
          WebRtcConfig.DEFAULTS,
          LiveConfig.DEFAULTS,
          DatabaseConfig.DEFAULTS,
          ObjectStoreConfig.DEFAULTS,
          DeviceConfig.DEFAULTS,
          GatewayConfig.DEFAULTS,
          RecordingConfig.DEFAULTS,
          AuditConfig.DEFAULTS,
          OidcConfig.DEFAULTS);

  public VmsConfig {
    ConfigChecks.check(!dataDir.isBlank(), "dataDir", "a directory");
  }

  /** The same where nobody else listens yet: every port one that is free. */
  public VmsConfig onFreePorts() {
    return new VmsConfig(
        dataDir,
        tls,
        http.withPort(0),
        rtsp.withPorts(0, 0),
        new WebRtcConfig(webrtc.host(), 0, webrtc.sessions(), webrtc.sessionsPerClient()),
        live,
        database,
        objectStore,
        devices,
        gateway,
        recording,
        audit,
        oidc);
  }
}
