package kg.sakchy.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import kg.sakchy.storage.catalogue.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A new key for secrets, as an administrator makes it: a real database. */
@Isolated("starts a database")
class SecretsCommandTest {
  @TempDir Path dir;

  @Test
  void aNewKeyReplacesTheOldOne() throws Exception {
    Path data = dir.resolve("data");
    Path config = Files.writeString(dir.resolve("vms.yaml"), "dataDir: " + data + "\n");
    assertThat(Vms.run("secrets", "rotate", "--config", config.toString())).isZero();
    byte[] first = Files.readAllBytes(data.resolve(Catalogue.SECRET_KEYS));
    assertThat(Vms.run("secrets", "rotate", "--config", config.toString())).isZero();
    byte[] second = Files.readAllBytes(data.resolve(Catalogue.SECRET_KEYS));
    assertThat(second).isNotEqualTo(first).hasSameSizeAs(first);
    Files.write(data.resolve(Catalogue.SECRET_KEYS), new byte[] {1});
    assertThat(Vms.run("secrets", "rotate", "--config", config.toString())).isEqualTo(74);
  }
}
