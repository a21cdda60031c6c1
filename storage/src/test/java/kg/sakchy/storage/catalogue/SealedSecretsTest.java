package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.TotpSecret;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.embedded.TestPostgres;
import kg.sakchy.storage.secret.KeysetBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that the server keeps shows a password, except to who has the keys. */
class SealedSecretsTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final String PASSWORD = "correct-horse-battery";
  private static final Credentials LOGIN = new Credentials("admin", PASSWORD);

  @TempDir private Path directory;
  private DatabaseConfig config;

  @BeforeEach
  void database() throws SQLException {
    config = TestPostgres.database(directory.resolve("template"));
  }

  private Catalogue open() {
    Catalogue catalogue = Catalogue.open(config, directory, new SimpleMeterRegistry());
    assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
    return catalogue;
  }

  private static Camera camera() {
    Camera sample = SampleDevices.camera("gate", 1);
    StreamSource main = sample.main();
    StreamSource source = new StreamSource(main.uri(), LOGIN, main.transport());
    return new Camera(GATE, "Gate", source, source, false, null, sample.createdAt(), null, 1);
  }

  private static CameraDevice device() {
    CameraDevice sample = SampleDevices.device("gate", 1);
    return new CameraDevice(
        GATE,
        new DeviceAddress(sample.address().service(), LOGIN, false),
        sample.identity(),
        "main",
        "sub",
        sample.features());
  }

  @Test
  void noCopyShowsAPassword() throws Exception {
    try (Catalogue catalogue = open()) {
      catalogue.registry().register(camera(), device(), null);
      assertThat(catalogue.cameras().find(GATE)).contains(camera());
      assertThat(catalogue.registry().device(GATE)).contains(device());
    }
    assertThat(dump()).contains("admin").doesNotContain(PASSWORD);
    assertThat(files()).contains("admin").doesNotContain(PASSWORD);
    try (Catalogue again = open()) {
      assertThat(again.cameras().find(GATE)).contains(camera());
      assertThat(again.registry().device(GATE)).contains(device());
    }
  }

  @Test
  void whatAnOlderServerKeptInClearIsSealedAtTheStart() throws Exception {
    try (Catalogue catalogue = open()) {
      catalogue.registry().register(camera(), device(), null);
    }
    execute(
        "update cameras set main_password = '%s', main_sealed = null, sub_password = '%s',"
                .formatted(PASSWORD, PASSWORD)
            + " sub_sealed = null");
    execute("update devices set login_password = '%s', login_sealed = null".formatted(PASSWORD));
    assertThat(dump()).contains(PASSWORD);
    for (String name : List.of("cameras.json", "devices.json")) {
      String json = Files.readString(directory.resolve(name));
      Files.writeString(
          directory.resolve(name),
          json.replaceAll("\"sealed\":\"[^\"]*\"", "\"password\":\"" + PASSWORD + "\""));
    }
    assertThat(files()).contains(PASSWORD);
    try (Catalogue catalogue = open()) {
      assertThat(catalogue.cameras().find(GATE)).contains(camera());
      assertThat(catalogue.registry().device(GATE)).contains(device());
    }
    assertThat(dump()).doesNotContain(PASSWORD);
    assertThat(files()).doesNotContain(PASSWORD);
  }

  @Test
  void aNewKeyOpensEverythingAndTheOldOneNothing() {
    AccountId aida = new AccountId("aida");
    TotpSecret totp = new TotpSecret(new byte[TotpSecret.BYTES]);
    Path keys = directory.resolve(Catalogue.SECRET_KEYS);
    try (Catalogue catalogue = open()) {
      catalogue.registry().register(camera(), device(), null);
      catalogue
          .accounts()
          .create(new Account(aida, Account.Kind.PERSON, "A", false, null, Instant.EPOCH, 1));
      catalogue.credentials().setTotp(aida, totp);
    }
    KeysetBox old = KeysetBox.in(keys);
    old.withNewKey().save(keys);
    try (Catalogue catalogue = open()) {
      assertThat(catalogue.sealSecretsAgain()).isEqualTo(4);
    }
    KeysetBox.in(keys).newestOnly().save(keys);
    try (Catalogue catalogue = open()) {
      assertThat(catalogue.cameras().find(GATE)).contains(camera());
      assertThat(catalogue.registry().device(GATE)).contains(device());
      assertThat(catalogue.credentials().find(aida).orElseThrow().totp()).isEqualTo(totp);
    }
    old.save(keys);
    try (Catalogue catalogue = open()) {
      assertThat(catalogue.cameras().find(GATE).orElseThrow().main().credentials())
          .isEqualTo(new Credentials("admin", ""));
      assertThatThrownBy(catalogue::sealSecretsAgain)
          .isInstanceOfSatisfying(
              VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
    }
  }

  /** Every row of every table that has camera logins. */
  private String dump() throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement()) {
      for (String table : List.of("cameras", "devices")) {
        try (ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  /** Every file of the data directory. */
  private String files() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).append('\n');
      }
    }
    return all.toString();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
