package kg.sakchy.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  @TempDir Path directory;

  @Test
  void isMadeOnceAndKept() throws IOException {
    Path file = directory.resolve("key");
    byte[] made = SigningKey.in(file);
    assertThat(made).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(SigningKey.in(file)).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SigningKey.in(directory.resolve("other"))).isNotEqualTo(made);
  }

  @Test
  void aTornKeyIsOneSentence() throws IOException {
    Path file = Files.write(directory.resolve("key"), new byte[7]);
    assertThatThrownBy(() -> SigningKey.in(file))
        .isInstanceOf(VmsException.class)
        .hasMessageContaining("7 bytes instead of 32");
  }
}
