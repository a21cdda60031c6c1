package kg.sakchy.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.config.NotificationConfig;
import kg.sakchy.core.config.ObjectStoreConfig;
import kg.sakchy.core.config.OidcConfig;
import kg.sakchy.core.config.PemSource;
import kg.sakchy.core.config.RtspConfig;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.config.TlsConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void setUp() {
    file = dir.resolve("vms.yaml");
  }

  @Test
  void withoutAFileTheDefaultsHold() {
    assertThat(load(Map.of())).isEqualTo(VmsConfig.DEFAULTS);
  }

  @Test
  void theShippedFileNamesEveryKeyAndEqualsTheDefaults() throws IOException {
    String shipped = resource("/kg/sakchy/configs/vms.yaml");
    Files.writeString(file, shipped);
    assertThat(load(Map.of(), file)).isEqualTo(VmsConfig.DEFAULTS);
    assertThatKeysAreNamed(shipped, VmsConfig.class, "");
  }

  private static void assertThatKeysAreNamed(String shipped, Class<?> section, String indent) {
    for (var key : section.getRecordComponents()) {
      assertThat(shipped).contains("\n" + indent + key.getName() + ":");
      if (key.getType().isRecord() && key.getType() != Secret.class) {
        assertThatKeysAreNamed(shipped, key.getType(), indent + "  ");
      }
    }
  }

  @Test
  void theSampleForPostgresAndMinioLoads() throws IOException {
    Files.writeString(file, resource("/kg/sakchy/configs/samples/postgresql-minio.yaml"));
    VmsConfig config = load(Map.of("SAKCHY_DB_PASSWORD", "p1", "SAKCHY_S3_SECRET", "p2"), file);
    assertThat(config.database().embedded()).isFalse();
    assertThat(config.database().password().value()).isEqualTo("p1");
    assertThat(config.objectStore().type()).isEqualTo(ObjectStoreConfig.Type.S3);
    assertThat(config.objectStore().s3().secretKey().value()).isEqualTo("p2");
    assertThat(config.toString()).doesNotContain("p1").doesNotContain("p2");
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Files.writeString(file, "http:\n  port: 9000\nrecording:\n  segment: 30s\n");
    VmsConfig config =
        load(Map.of("VMS_HTTP_PORT", "9001", "VMS_OBJECTSTORE_S3_BUCKET", "archive"), file);
    assertThat(config.http().port()).isEqualTo(9001);
    assertThat(config.recording().segment()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.objectStore().s3().bucket()).isEqualTo("archive");
  }

  @Test
  void everyKeyOfDevicesCanBeSet() throws IOException {
    Files.writeString(
        file,
        """
        devices:
          announcements: false
          events: false
          eventRetentionDays: 7
          edgeFill: false
          notifications:
            host: 192.0.2.5
            advertise: vms.example:80
        """);
    DeviceConfig devices = load(Map.of("VMS_DEVICES_NOTIFICATIONS_PORT", "9"), file).devices();
    assertThat(devices)
        .isEqualTo(
            new DeviceConfig(
                false, false, 7, new NotificationConfig("192.0.2.5", 9, "vms.example:80"), false));
    assertThat(devices.notifications().listens()).isTrue();
    assertThat(DeviceConfig.DEFAULTS.notifications().listens()).isFalse();
  }

  @Test
  void everyKeyOfEncryptionCanBeSet() throws IOException {
    Files.writeString(
        file,
        """
        tls:
          mode: files
          certificate: file:/etc/sakchy/chain.pem
          key: env:KEY
        http:
          names: vms.example.kg, 10.0.0.5
          insecure: true
          connections: 7
        rtsp:
          host: 0.0.0.0
          tlsPort: 322
          insecure: true
        """);
    VmsConfig config = load(Map.of("KEY", "-----BEGIN"), file);
    assertThat(config.tls())
        .isEqualTo(
            new TlsConfig(
                TlsConfig.Mode.FILES,
                new PemSource.InFile(Path.of("/etc/sakchy/chain.pem")),
                new PemSource.Given("KEY", new Secret("-----BEGIN"))));
    assertThat(config.http())
        .isEqualTo(new HttpConfig("127.0.0.1", 8080, "vms.example.kg, 10.0.0.5", true, 7));
    assertThat(config.http().hostNames().covers("10.0.0.5")).isTrue();
    assertThat(config.rtsp()).isEqualTo(new RtspConfig("0.0.0.0", 8554, 322, true, 2_000));
    assertThat(config.toString()).doesNotContain("BEGIN");
    assertThat(TlsConfig.DEFAULTS.mode()).isEqualTo(TlsConfig.Mode.NONE);
  }

  @Test
  void everyKeyOfTheIdentityProviderCanBeSet() throws IOException {
    Files.writeString(
        file,
        """
        oidc:
          issuer: https://id.example/realms/a
          clientSecret: env:SECRET
          displayName: The ministry
          scopes: openid groups
          userNameClaim: upn
          groupsClaim: roles
          roles:
            - {group: /watch, role: operator, unit: 17}
            - {group: Chiefs, role: administrator, unit: 1}
        """);
    OidcConfig oidc = load(Map.of("VMS_OIDC_CLIENTID", "sakchy", "SECRET", "s3cret"), file).oidc();
    assertThat(oidc)
        .isEqualTo(
            new OidcConfig(
                "https://id.example/realms/a",
                "sakchy",
                new Secret("s3cret"),
                "The ministry",
                "openid groups",
                "upn",
                "roles",
                List.of(
                    new OidcConfig.GroupRole("/watch", "operator", 17),
                    new OidcConfig.GroupRole("Chiefs", "administrator", 1))));
    assertThat(oidc.named()).isTrue();
    assertThat(oidc.toString()).doesNotContain("s3cret");
    assertThat(OidcConfig.DEFAULTS.named()).isFalse();
  }

  @Test
  void anEmptyFileOrSectionKeepsTheDefaults() throws IOException {
    Files.writeString(file, "# nothing\n");
    assertThat(load(Map.of(), file)).isEqualTo(VmsConfig.DEFAULTS);
    Files.writeString(file, "http:\n  # port: 1\n");
    assertThat(load(Map.of(), file)).isEqualTo(VmsConfig.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recording:\\n"
            + "  segmnt: 60s | unknown key recording.segmnt; did you mean recording.segment?",
        "htpp:\\n  port: 1 | unknown key htpp",
        "http:\\n  port: 70000 | http.port: takes a number from 0 to 65535, not 70000",
        "http: 8080 | http holds keys of its own",
        "recording:\\n  segment: 60 | a duration is written 500ms, 10s, 5m, 2h or 30d, not 60",
        "recording:\\n  part: 1h | recording.part: takes a duration",
        "database:\\n  password: hunter2 | a secret is not written into the configuration",
        "database:\\n  password: env:NOT_THERE | the environment variable NOT_THERE is not set",
        "database:\\n"
            + "  url: mysql://x | database.url: takes an address that begins with jdbc:postgresql:",
        "objectStore:\\n  type: s3 | objectStore.s3: takes an endpoint and keys",
        "devices:\\n  eventRetentionDays: 0 | devices.eventRetentionDays: takes a number from 1",
        "devices:\\n"
            + "  notifications:\\n"
            + "    advertise: http://x/y | devices.notifications.advertise: takes",
        "objectStore:\\n  type: tape | objectStore.type",
        "tls:\\n  mode: files | tls: takes tls.certificate and tls.key when tls.mode is files",
        "tls:\\n  key: file:/k.pem | tls.mode: takes files when a certificate or a key is given",
        "tls:\\n  key: -----BEGIN hunter2 | a certificate or key is not written into the",
        "tls:\\n  key: env:NOT_THERE | the environment variable NOT_THERE is not set",
        "http:\\n  names: http://x | http.names: \"http://x\" is no name or address of a host",
        "oidc:\\n"
            + "  issuer: http://id.example/a | oidc.issuer: takes an address that begins with"
            + " https:",
        "oidc:\\n  issuer: https://u:p@id.example | oidc.issuer: takes an address",
        "oidc:\\n  issuer: https://id.example/a | oidc.clientId: takes this server's name there",
        "oidc:\\n  scopes: profile | oidc.scopes: takes openid",
        "oidc:\\n  roles: [{group: a, role: b, unit: 0}] | oidc.roles: takes a group, a role",
        "http: [ | line 1",
        "- a list | does not hold keys and values",
      })
  void aMistakeIsNamedInOneSentence(String yaml, String expected) throws IOException {
    Files.writeString(file, yaml.replace("\\n", "\n"));
    assertThatThrownBy(() -> load(Map.of(), file))
        .isInstanceOf(VmsException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining("vms.yaml")
        .hasMessageNotContaining("hunter2")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anUnknownVariableIsRefused() {
    assertThatThrownBy(() -> load(Map.of("VMS_HTTP_PROT", "1")))
        .hasMessageContaining("unknown key VMS_HTTP_PROT; did you mean VMS_HTTP_PORT?");
  }

  @Test
  void aMissingFileIsSaidSo() {
    assertThatThrownBy(() -> load(Map.of(), dir.resolve("nowhere.yaml")))
        .hasMessageContaining("cannot read the configuration file")
        .hasMessageContaining("nowhere.yaml");
  }

  private static VmsConfig load(Map<String, String> environment) {
    return new ConfigLoader(environment).load(null);
  }

  private static VmsConfig load(Map<String, String> environment, Path file) {
    return new ConfigLoader(environment).load(file);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConfigLoaderTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
