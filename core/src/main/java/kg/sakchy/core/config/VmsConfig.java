package kg.sakchy.core.config;

/**
 * The whole configuration; {@code configs/vms.yaml} shows every key with its default.
 *
 * @param dataDir directory for everything the server keeps: spool, embedded database, filesystem
 *     object store
 */
public record VmsConfig(
    String dataDir,
    HttpConfig http,
    DatabaseConfig database,
    ObjectStoreConfig objectStore,
    DeviceConfig devices,
    GatewayConfig gateway,
    RecordingConfig recording) {
  public static final VmsConfig DEFAULTS =
      new VmsConfig(
          "data",
          HttpConfig.DEFAULTS,
          DatabaseConfig.DEFAULTS,
          ObjectStoreConfig.DEFAULTS,
          DeviceConfig.DEFAULTS,
          GatewayConfig.DEFAULTS,
          RecordingConfig.DEFAULTS);

  public VmsConfig {
    ConfigChecks.check(!dataDir.isBlank(), "dataDir", "a directory");
  }
}
