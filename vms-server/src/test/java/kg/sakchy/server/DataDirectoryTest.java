package kg.sakchy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path dir;

  @Test
  void isMadeAndHeldByOneServerAtATime() {
    Path data = dir.resolve("a/b");
    try (DataDirectory first = DataDirectory.open(data)) {
      assertThat(first.directory("spool")).isDirectory();
      assertThatThrownBy(() -> DataDirectory.open(data))
          .isInstanceOf(VmsException.class)
          .hasMessageContaining("another server uses the data directory")
          .extracting(e -> ((VmsException) e).kind())
          .isEqualTo(ErrorKind.CONFLICT);
    }
    DataDirectory.open(data).close();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaidSo() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(VmsException.class)
        .hasMessageContaining("cannot be written");
  }
}
