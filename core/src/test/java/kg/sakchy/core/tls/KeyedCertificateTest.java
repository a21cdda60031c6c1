package kg.sakchy.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.SampleCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedCertificateTest {
  private static final KeyedCertificate OWN =
      SampleCertificate.of("vms.example.kg,10.0.0.5,2001:db8::5", Duration.ofDays(3));
  private static final SelfSigned.Pem PEM = SelfSigned.write(OWN);

  @TempDir Path dir;

  @Test
  void whatIsWrittenIsReadAgain() {
    KeyedCertificate read = KeyedCertificate.read(PEM.certificates(), PEM.key());
    assertThat(read.chain()).isEqualTo(OWN.chain());
    assertThat(read.key()).isEqualTo(OWN.key());
    assertThat(read.names()).isEqualTo(HostNames.parse("vms.example.kg,10.0.0.5,2001:db8::5"));
    assertThat(read.expires())
        .isBetween(Instant.now().plus(Duration.ofDays(2)), Instant.now().plus(Duration.ofDays(4)));
    assertThat(read.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(read.toString() + PEM).doesNotContain("PRIVATE").doesNotContain(PEM.key());
  }

  @Test
  void aChainMayBeInOneFileWithTheKeyAndWithWords() {
    SelfSigned.Pem issuer =
        SelfSigned.write(SampleCertificate.of("issuer.example", Duration.ofDays(1)));
    String all = "subject=me\n" + PEM.certificates() + PEM.key() + issuer.certificates();
    KeyedCertificate read = KeyedCertificate.read(all, all);
    assertThat(read.chain()).hasSize(2);
    assertThat(read.certificate()).isEqualTo(OWN.certificate());
    assertThat(read.expires()).isBefore(OWN.expires());
  }

  @Test
  void aKeyOfAnotherIsRefused() {
    SelfSigned.Pem other =
        SelfSigned.write(SampleCertificate.of("other.example", Duration.ofDays(1)));
    assertThatThrownBy(() -> KeyedCertificate.read(PEM.certificates(), other.key()))
        .hasMessage("the private key is not that of the first certificate");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThatThrownBy(() -> KeyedCertificate.read(PEM.certificates(), PEM.certificates()))
        .hasMessageContaining("private key holds none in PEM");
    assertThatThrownBy(() -> KeyedCertificate.read(PEM.key(), PEM.key()))
        .hasMessageContaining("certificate holds none in PEM");
    assertThatThrownBy(() -> KeyedCertificate.read("", ""))
        .hasMessageContaining("private key holds none in PEM");
    String cut = PEM.certificates().replaceFirst("\n[^\n]+\n", "\n");
    assertThatThrownBy(() -> KeyedCertificate.read(cut, PEM.key())).hasMessageContaining("damaged");
  }

  /** The kinds of keys that people have, in the ways their tools write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "genrsa -traditional",
        "ecparam -name prime256v1 -genkey",
        "genpkey -algorithm ED25519",
      })
  void keysOfOpensslAreRead(String command) throws Exception {
    ExternalTool openssl = ExternalTool.require("openssl");
    Path key = dir.resolve("key.pem");
    Path certificate = dir.resolve("certificate.pem");
    openssl.run((command + " -out " + key).split(" "));
    openssl.run(
        ("req -x509 -new -subj /CN=x -days 1 -key " + key + " -out " + certificate).split(" "));
    KeyedCertificate read = KeyedCertificate.read(text(certificate), text(key));
    assertThat(read.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=x");

    Path locked = dir.resolve("locked.pem");
    openssl.run(("pkey -aes128 -passout pass:secret -in " + key + " -out " + locked).split(" "));
    assertThatThrownBy(() -> KeyedCertificate.read(text(certificate), text(locked)))
        .hasMessageContaining("locked with a password");
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII);
  }
}
