package kg.sakchy.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import kg.sakchy.core.ObjectStoreContract;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  private static final Instant TIME = Instant.parse("2026-11-22T16:50:00Z");

  @TempDir private Path directory;
  private CheckpointKey key;
  private SignedNote note;

  @BeforeEach
  void sign() {
    key = CheckpointKey.in(directory.resolve("audit.key"));
    note = SignedNote.sign(new Checkpoint("sakchy-audit/1", 42, Hashes.NONE, TIME), key);
  }

  /** Key and note that the first implementation of signed notes is documented with. */
  @Test
  void aPublishedNoteVerifies() {
    String published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    VerifierKey read = VerifierKey.parse(published);
    assertThat(read.toString()).isEqualTo(published);
    byte[] text =
        ("If you think cryptography is the answer to your problem,\n"
                + "then you don't know what your problem is.\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] signature =
        Base64.getDecoder()
            .decode(
                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
    assertThat(read.verifies(text, Arrays.copyOfRange(signature, 4, signature.length))).isTrue();
    text[0]++;
    assertThat(read.verifies(text, Arrays.copyOfRange(signature, 4, signature.length))).isFalse();
  }

  @Test
  void whatIsSignedReadsBackAndVerifies() {
    SignedNote read = SignedNote.parse(note.text());
    assertThat(read).isEqualTo(note);
    assertThat(read.isSignedBy(key.verifier())).isTrue();
    assertThat(note.text())
        .startsWith(
            "sakchy-audit/1\n42\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
                + "time 2026-11-22T16:50:00Z\n\n\u2014 "
                + key.verifier().name()
                + " ");
  }

  @Test
  void anotherKeyOrAnotherTextDoesNotVerify() {
    CheckpointKey other = CheckpointKey.in(directory.resolve("other.key"));
    assertThat(note.isSignedBy(other.verifier())).isFalse();
    assertThat(note.isSignedBy(new VerifierKey(key.verifier().name(), other.verifier().key())))
        .isFalse();
    assertThat(SignedNote.parse(note.text().replace("42", "43")).isSignedBy(key.verifier()))
        .isFalse();
  }

  @Test
  void signaturesOfWitnessesStandBeside() {
    CheckpointKey witness = CheckpointKey.in(directory.resolve("witness.key"));
    String line = SignedNote.sign(note.checkpoint(), witness).text().lines().toList().getLast();
    SignedNote both = SignedNote.parse(note.text() + line + "\n");
    assertThat(both.isSignedBy(key.verifier())).isTrue();
    assertThat(both.isSignedBy(witness.verifier())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n\u2014 a b\n",
        "o\n1\nAA==\ntime 2026-11-22T16:50:00Z\n\n\u2014 a b\n",
        "o\n"
            + "-1\n"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
            + "time 2026-11-22T16:50:00Z\n\n"
            + "\u2014 a b\n",
        "o\n"
            + "01\n"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
            + "time 2026-11-22T16:50:00Z\n\n"
            + "\u2014 a b\n",
        "o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime never\n\n\u2014 a b\n",
        "o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-22T16:50:00Z\n\nx\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    ObjectStoreContract.assertFails(ErrorKind.INVALID_ARGUMENT, () -> SignedNote.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a+b",
        "a+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpcAA==",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+not base64"
      })
  void whatIsNoKeyIsRefused(String text) {
    ObjectStoreContract.assertFails(ErrorKind.INVALID_ARGUMENT, () -> VerifierKey.parse(text));
  }

  @Test
  void theKeyStaysAndOnlyItsOwnerReadsIt() throws IOException {
    Path file = directory.resolve("audit.key");
    assertThat(CheckpointKey.in(file).verifier()).isEqualTo(key.verifier());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, Files.readString(file).replaceFirst("PRIVATE", "PUBLIC"));
    assertThatThrownBy(() -> CheckpointKey.in(file))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
  }

  @Test
  void aFileKeepsTheNewestAndWhatDidNotFit() {
    CheckpointFile file = new CheckpointFile(directory.resolve("checkpoints.txt"));
    assertThat(file.read()).isEmpty();
    SignedNote second = SignedNote.sign(new Checkpoint("o", 50, Hashes.NONE, TIME), key);
    SignedNote third = SignedNote.sign(new Checkpoint("o", 60, Hashes.NONE, TIME), key);
    file.replace(note);
    file.replace(second);
    assertThat(file.read()).isEqualTo(List.of(second));
    file.add(note);
    file.replace(third);
    assertThat(file.read()).isEqualTo(List.of(second, third));
  }
}
