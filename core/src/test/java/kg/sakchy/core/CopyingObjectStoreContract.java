package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.storage.ObjectKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store owes besides when it moves the bytes of a put to another place. */
public interface CopyingObjectStoreContract extends ObjectStoreContract {
  @Test
  default void refusesContentThatDiffersFromItsHash(@TempDir Path directory) throws IOException {
    ObjectKey key = new ObjectKey("damaged");
    Path file = Files.write(directory.resolve("damaged"), ObjectStoreContract.random(50_000));
    ObjectStoreContract.assertFails(
        ErrorKind.DATA_LOSS,
        () -> store().put(key, file, ObjectStoreContract.sha256(ObjectStoreContract.random(3))));
    assertThat(store().stat(key)).isEmpty();
    assertThat(store().list("", null, 10)).isEmpty();
  }
}
