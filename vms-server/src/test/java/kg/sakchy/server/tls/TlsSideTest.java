package kg.sakchy.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.SampleCertificate;
import kg.sakchy.core.config.PemSource;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.config.TlsConfig;
import kg.sakchy.core.tls.HostNames;
import kg.sakchy.core.tls.KeyedCertificate;
import kg.sakchy.core.tls.SelfSigned;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsSideTest {
  private static final TlsConfig GENERATED =
      new TlsConfig(TlsConfig.Mode.GENERATED, new PemSource.Absent(), new PemSource.Absent());

  @TempDir Path dir;
  private final FakeClock clock = new FakeClock(Instant.now());
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<TlsSide> opened = new ArrayList<>();
  private Path certificateFile;
  private Path keyFile;

  @BeforeEach
  void setUp() {
    certificateFile = dir.resolve("chain.pem");
    keyFile = dir.resolve("private.pem");
  }

  @AfterEach
  void close() {
    opened.forEach(TlsSide::close);
  }

  private TlsSide start(TlsConfig config, String names) {
    TlsSide side = TlsSide.open(config, HostNames.parse(names), dir, clock, metrics).orElseThrow();
    opened.add(side);
    return side;
  }

  /** What a server shows that was started so. */
  private KeyedCertificate open(TlsConfig config, String names) {
    return start(config, names).certificate().get();
  }

  private TlsConfig files() {
    return new TlsConfig(
        TlsConfig.Mode.FILES, new PemSource.InFile(certificateFile), new PemSource.InFile(keyFile));
  }

  private KeyedCertificate write(Duration valid) throws IOException {
    KeyedCertificate made = SampleCertificate.of("vms.example.kg", valid);
    SelfSigned.Pem pem = SelfSigned.write(made);
    Files.writeString(keyFile, pem.key());
    Files.writeString(certificateFile, pem.certificates());
    return made;
  }

  @Test
  void withoutEncryptionThereIsNone() {
    assertThat(TlsSide.open(TlsConfig.DEFAULTS, HostNames.NONE, dir, clock, metrics)).isEmpty();
  }

  @Test
  void aGeneratedOneIsForThisHostAndKeptForTheNextStart() throws IOException {
    KeyedCertificate made = open(GENERATED, "vms.example.kg");
    assertThat(made.names().coverAll(HostNames.parse("vms.example.kg,localhost,127.0.0.1,::1")))
        .isTrue();
    assertThat(made.expires()).isAfter(clock.now().plus(Duration.ofDays(390)));
    Path key = dir.resolve("tls/key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(open(GENERATED, "vms.example.kg").certificate()).isEqualTo(made.certificate());
    assertThat(open(GENERATED, "").certificate()).isEqualTo(made.certificate());
    KeyedCertificate other = open(GENERATED, "other.example.kg");
    assertThat(other.certificate()).isNotEqualTo(made.certificate());
    assertThat(other.names().covers("other.example.kg")).isTrue();
  }

  @Test
  void aGeneratedOneIsRenewedInTime() {
    TlsSide side = start(GENERATED, "");
    KeyedCertificate made = side.certificate().get();
    clock.advance(Duration.ofDays(300));
    side.look();
    assertThat(side.certificate().get()).isSameAs(made);
    clock.advance(Duration.ofDays(70));
    side.look();
    KeyedCertificate renewed = side.certificate().get();
    assertThat(renewed.expires()).isAfter(made.expires());
    assertThat(open(GENERATED, "").certificate()).isEqualTo(renewed.certificate());
  }

  @Test
  void aGeneratedOneThatIsDamagedIsMadeAnew() throws IOException {
    KeyedCertificate made = open(GENERATED, "");
    Files.writeString(dir.resolve("tls/key.pem"), "nothing");
    assertThat(open(GENERATED, "").certificate()).isNotEqualTo(made.certificate());
  }

  @Test
  void aFileThatIsReplacedIsTakenUp() throws IOException {
    KeyedCertificate first = write(Duration.ofDays(100));
    TlsSide side = start(files(), "");
    assertThat(side.certificate().get().certificate()).isEqualTo(first.certificate());
    assertThat(metrics.get("sakchy_tls_certificate_expires_seconds").gauge().value())
        .isEqualTo((double) first.expires().getEpochSecond());
    side.look();
    KeyedCertificate next = write(Duration.ofDays(200));
    side.look();
    assertThat(side.certificate().get().certificate()).isEqualTo(next.certificate());
  }

  /** Certificate and key are two files, and somebody replaces one after the other. */
  @Test
  void whileOnlyOneIsReplacedTheOneBeforeStays() throws IOException {
    KeyedCertificate first = write(Duration.ofDays(100));
    TlsSide side = start(files(), "");
    SelfSigned.Pem next =
        SelfSigned.write(SampleCertificate.of("vms.example.kg", Duration.ofDays(9)));
    Files.writeString(certificateFile, next.certificates());
    side.look();
    assertThat(side.certificate().get().certificate()).isEqualTo(first.certificate());
    Files.delete(certificateFile);
    side.look();
    assertThat(side.certificate().get().certificate()).isEqualTo(first.certificate());
    Files.writeString(keyFile, next.key());
    Files.writeString(certificateFile, next.certificates());
    side.look();
    assertThat(side.certificate().get().expires())
        .isBefore(Instant.now().plus(Duration.ofDays(10)));
  }

  @Test
  void bothMayComeFromTheEnvironment() {
    SelfSigned.Pem pem =
        SelfSigned.write(SampleCertificate.of("vms.example.kg", Duration.ofDays(9)));
    TlsConfig given =
        new TlsConfig(
            TlsConfig.Mode.FILES,
            new PemSource.Given("CHAIN", new Secret(pem.certificates())),
            new PemSource.Given("KEY", new Secret(pem.key())));
    assertThat(open(given, "").names().covers("vms.example.kg")).isTrue();
    assertThat(given.toString()).doesNotContain("BEGIN");
  }

  @Test
  void whatCannotBeUsedIsSaidInOneSentence() throws IOException {
    write(Duration.ofDays(1));
    Files.delete(keyFile);
    assertThatThrownBy(() -> open(files(), ""))
        .hasMessage("tls.key: cannot read the file " + keyFile);
    SelfSigned.Pem other =
        SelfSigned.write(SampleCertificate.of("vms.example.kg", Duration.ofDays(9)));
    Files.writeString(keyFile, other.key());
    assertThatThrownBy(() -> open(files(), ""))
        .hasMessage(
            "tls.certificate and tls.key:"
                + " the private key is not that of the first certificate");
    Files.write(keyFile, new byte[2 << 20]);
    assertThatThrownBy(() -> open(files(), "")).hasMessageContaining("too large");
  }

  /** A machine that restarts at night must record, whoever forgot to renew what. */
  @Test
  void oneThatHasExpiredDoesNotKeepTheServerFromStarting() throws IOException {
    KeyedCertificate old = write(Duration.ofDays(1));
    clock.advance(Duration.ofDays(3));
    assertThat(open(files(), "").certificate()).isEqualTo(old.certificate());
  }
}
