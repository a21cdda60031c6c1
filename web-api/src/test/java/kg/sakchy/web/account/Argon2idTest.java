package kg.sakchy.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kg.sakchy.core.account.PasswordHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idTest {
  private static final Argon2id QUICK = new Argon2id(64, 1, 1);

  /** A vector of the reference implementation (argon2 of P-H-C, test.c). */
  @Test
  void agreesWithTheReference() {
    PasswordHash reference =
        new PasswordHash(
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    assertThat(Argon2id.matches("password", reference)).isTrue();
    assertThat(Argon2id.matches("passwort", reference)).isFalse();
  }

  @Test
  void theParametersStandInTheText() {
    PasswordHash hash = Argon2id.TODAY.hash("кызыл алма жолдо");
    assertThat(hash.text()).startsWith("$argon2id$v=19$m=32768,t=2,p=1$").hasSizeLessThan(300);
    assertThat(hash.toString()).isEqualTo("***");
    assertThat(Argon2id.of(hash)).isEqualTo(Argon2id.TODAY);
    assertThat(Argon2id.matches("кызыл алма жолдо", hash)).isTrue();
  }

  @Test
  void theSamePasswordHasAnotherHashEachTime() {
    assertThat(QUICK.hash("x")).isNotEqualTo(QUICK.hash("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=99,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=16,t=2,p=4$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
      })
  void whatHasAnotherFormOrCostsTooMuchIsNotRun(String text) {
    assertThatThrownBy(() -> Argon2id.matches("password", new PasswordHash(text)))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
  }

  @FuzzTest
  void aStoredHashIsKnownOrRefused(byte[] input) {
    PasswordHash hash = new PasswordHash(new String(input, StandardCharsets.UTF_8));
    try {
      assertThat(Argon2id.of(hash).memoryKib()).isBetween(8, 256 * 1024);
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS);
    }
  }

  @Test
  void aFloodIsToldToComeBackInsteadOfPilingUp() {
    try (Argon2idHashing hashing = new Argon2idHashing()) {
      List<CompletableFuture<Boolean>> guesses = new ArrayList<>();
      PasswordHash hash = Argon2id.TODAY.hash("right");
      for (int i = 0; i < 200; i++) {
        String guess = "guess " + i;
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer(done, hashing, guess, hash));
        guesses.add(done);
      }
      long busy = guesses.stream().filter(CompletableFuture::join).count();
      assertThat(busy).isBetween(100L, 199L);
      assertThat(hashing.matches("right", hash)).isTrue();
      assertThat(hashing.isOutdated(hash)).isFalse();
      assertThat(hashing.isOutdated(QUICK.hash("right"))).isTrue();
    }
  }

  /** Whether it was too much. */
  private static void answer(
      CompletableFuture<Boolean> done, Argon2idHashing hashing, String guess, PasswordHash hash) {
    try {
      done.complete(hashing.matches(guess, hash));
    } catch (VmsException e) {
      done.complete(e.kind() == ErrorKind.RESOURCE_EXHAUSTED);
    }
  }
}
