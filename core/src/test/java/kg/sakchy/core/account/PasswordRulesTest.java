package kg.sakchy.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  private static final AccountId AIDA = new AccountId("aidabekova.a");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "elevenchars",
        "password1234",
        "PassWord1234",
        "1q2w3e4r5t6y",
        "aaaaaaaaaaaaaaaa",
        "ababababababab",
        "aidabekova.a",
        "AidaBekova.aAidaBekova.a",
      })
  void whatIsShortOrGuessedFirstIsRefused(String password) {
    assertThatThrownBy(() -> PasswordRules.check(password, AIDA))
        .isInstanceOf(VmsException.class)
        .satisfies(e -> assertThat(password.isEmpty() || !("" + e).contains(password)).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"twelve chars", "кызыл алма жолдо", "🐎🐎🐑🐑🐄🐄🐐🐐🐫🐫🦅🦅", "only lower case"})
  void lengthIsAllThatIsAsked(String password) {
    assertThatCode(() -> PasswordRules.check(password, AIDA)).doesNotThrowAnyException();
  }

  @Test
  void aLongOneIsRefusedBeforeItCosts() {
    String book = "ab c".repeat(2_500_000);
    String normalized = PasswordRules.normalized(book);
    assertThat(normalized.length()).isLessThan(2_000);
    assertThatThrownBy(() -> PasswordRules.check(normalized, AIDA))
        .isInstanceOf(VmsException.class)
        .hasMessageContaining("200");
  }

  @Test
  void theSameLettersTypedAnotherWayAreTheSamePassword() {
    assertThat(PasswordRules.normalized("Ё кафе ﬁ"))
        .isEqualTo(PasswordRules.normalized("Ё кафе fi"));
  }
}
