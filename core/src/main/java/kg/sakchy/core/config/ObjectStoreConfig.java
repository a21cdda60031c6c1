package kg.sakchy.core.config;

/**
 * Where sealed segments go.
 *
 * @param type {@link Type}
 * @param s3 used when {@code type} is S3
 */
public record ObjectStoreConfig(Type type, S3Config s3) {
  public static final ObjectStoreConfig DEFAULTS =
      new ObjectStoreConfig(Type.FILESYSTEM, S3Config.DEFAULTS);

  public ObjectStoreConfig {
    ConfigChecks.check(
        type != Type.S3 || (!s3.endpoint().isEmpty() && !s3.accessKey().isEmpty()),
        "objectStore.s3",
        "an endpoint and keys when objectStore.type is s3");
  }

  /** The kinds of store. */
  public enum Type {
    /** Files below the data directory. */
    FILESYSTEM,
    /** MinIO or any other S3 store. */
    S3
  }

  /**
   * An S3 bucket.
   *
   * @param endpoint {@code http://} or {@code https://} address of the store
   * @param region its region; MinIO takes any
   * @param bucket must exist, unless {@code createBucket}
   * @param createBucket whether to make the bucket when it is missing
   * @param accessKey user
   * @param secretKey password
   */
  public record S3Config(
      String endpoint,
      String region,
      String bucket,
      boolean createBucket,
      String accessKey,
      Secret secretKey) {
    public static final S3Config DEFAULTS =
        new S3Config("", "us-east-1", "sakchy", false, "", Secret.NONE);

    public S3Config {
      ConfigChecks.check(
          endpoint.isEmpty() || endpoint.startsWith("http://") || endpoint.startsWith("https://"),
          "objectStore.s3.endpoint",
          "an http:// or https:// address");
      ConfigChecks.check(
          bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
          "objectStore.s3.bucket",
          "3 to 63 lower-case letters, digits, dots and hyphens");
    }
  }
}
