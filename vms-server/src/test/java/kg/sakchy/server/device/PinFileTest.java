package kg.sakchy.server.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinFileTest {
  @TempDir Path directory;

  @Test
  void theFirstCertificateStaysAlsoAfterARestart() {
    Path file = directory.resolve("certificates.txt");
    PinFile pins = new PinFile(file);
    assertThat(pins.find("gate-1")).isEmpty();
    assertThat(pins.rememberFirst("gate-1", "aa")).isEqualTo("aa");
    assertThat(pins.rememberFirst("gate-1", "bb")).isEqualTo("aa");
    pins.rememberFirst("192.0.2.1:443", "cc");
    PinFile again = new PinFile(file);
    assertThat(again.find("gate-1")).contains("aa");
    assertThat(again.find("192.0.2.1:443")).contains("cc");
  }

  @Test
  void aPinThatCannotBeKeptIsNoPin() throws IOException {
    Path blocked = Files.createDirectory(directory.resolve("certificates.txt")).resolve("x/y");
    PinFile pins = new PinFile(blocked);
    assertThatThrownBy(() -> pins.rememberFirst("gate-1", "aa")).isInstanceOf(VmsException.class);
    assertThat(pins.find("gate-1")).isEmpty();
  }
}
