package kg.sakchy.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kg.sakchy.core.config.ObjectStoreConfig;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.ObjectStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The index made anew, as an administrator sees it: a real database, a real store. */
@Isolated("replaces standard output and error")
class ArchiveCommandTest {
  @TempDir Path dir;

  @Test
  void whatCannotBeIndexedIsNamedAndTheRestIsCounted() throws Exception {
    Path data = dir.resolve("data");
    try (ObjectStore store = ObjectStores.open(ObjectStoreConfig.DEFAULTS, data)) {
      put(store, "v1/gate-1/main/2026/05/01/1777888800000-1-0.mp4");
      put(store, "v1/readme.txt");
    }
    Path config = Files.writeString(dir.resolve("vms.yaml"), "dataDir: " + data + "\n");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    int code;
    try {
      code = Vms.run("archive", "rebuild", "--config", config.toString());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("not indexed: v1/gate-1/main/2026/05/01/1777888800000-1-0.mp4: ")
        .contains("done: 2 objects looked at, 0 added, 1 damaged, 1 not ours");
    assertThat(code).isEqualTo(74);
  }

  private void put(ObjectStore store, String key) throws Exception {
    byte[] noise = new byte[5_000];
    Path file = Files.write(Files.createTempFile(dir, "object", ""), noise);
    byte[] sha256 = java.security.MessageDigest.getInstance("SHA-256").digest(noise);
    store.put(new ObjectKey(key), file, Bytes.copyOf(sha256));
  }
}
