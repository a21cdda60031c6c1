package kg.sakchy.storage.secret;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetBoxTest {
  private static final byte[] CLEAR = "p@ss".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @Test
  void opensWhatItSealedAlsoAfterARestart() throws IOException {
    Path file = directory.resolve("keys");
    byte[] sealed = KeysetBox.in(file).seal(CLEAR, "camera gate");
    assertThat(KeysetBox.in(file).open(sealed, "camera gate")).isEqualTo(CLEAR);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("p@ss");
    assertThat(KeysetBox.in(file).seal(CLEAR, "camera gate")).isNotEqualTo(sealed);
  }

  @Test
  void opensNothingElse() {
    KeysetBox box = KeysetBox.generate();
    byte[] sealed = box.seal(CLEAR, "camera gate");
    assertFails(ErrorKind.DATA_LOSS, () -> box.open(sealed, "camera yard"));
    assertFails(ErrorKind.DATA_LOSS, () -> KeysetBox.generate().open(sealed, "camera gate"));
    assertFails(ErrorKind.DATA_LOSS, () -> box.open(new byte[0], "camera gate"));
    for (int at = 0; at < sealed.length; at++) {
      byte[] altered = sealed.clone();
      altered[at] ^= 1;
      assertFails(ErrorKind.DATA_LOSS, () -> box.open(altered, "camera gate"));
    }
  }

  @Test
  void aNewKeySealsAndOldOnesOpenUntilTheyGo() {
    KeysetBox old = KeysetBox.in(directory.resolve("keys"));
    byte[] before = old.seal(CLEAR, "camera gate");
    KeysetBox both = old.withNewKey();
    both.save(directory.resolve("keys"));
    KeysetBox read = KeysetBox.in(directory.resolve("keys"));
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.open(before, "camera gate")).isEqualTo(CLEAR);
    byte[] after = read.seal(CLEAR, "camera gate");
    assertFails(ErrorKind.DATA_LOSS, () -> old.open(after, "camera gate"));
    KeysetBox newest = read.newestOnly();
    assertThat(newest.size()).isEqualTo(1);
    assertThat(newest.open(after, "camera gate")).isEqualTo(CLEAR);
    assertFails(ErrorKind.DATA_LOSS, () -> newest.open(before, "camera gate"));
  }

  @Test
  void aDamagedFileIsNotReplaced() throws IOException {
    Path file = directory.resolve("keys");
    for (byte[] damaged : new byte[][] {new byte[0], CLEAR, new byte[100_000]}) {
      Files.write(file, damaged);
      assertFails(ErrorKind.DATA_LOSS, () -> KeysetBox.in(file));
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }
}
