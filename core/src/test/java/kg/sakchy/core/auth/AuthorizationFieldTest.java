package kg.sakchy.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import kg.sakchy.core.access.Authentication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationFieldTest {
  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aBearerShowsAKey() {
    assertThat(AuthorizationField.read("bearer sakchy_Ab-9~+/="))
        .isEqualTo(new Authentication.TokenKey("sakchy_Ab-9~+/="));
  }

  @Test
  void basicShowsANameAndAPasswordThatMayHoldColons() {
    assertThat(AuthorizationField.read(basic("aida:кызыл:алма")))
        .isEqualTo(new Authentication.NameAndPassword("aida", "кызыл:алма"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Basic",
        "Basic !!!!",
        "Basic YWlkYQ==",
        "Basic //79/A==",
        "Digest username=\"aida\"",
        "Negotiate abc",
        "Bearer one, Bearer two",
      })
  void anythingElseShowsNothing(String value) {
    assertThat(AuthorizationField.read(value))
        .isIn(new Authentication.Nothing(), new Authentication.TokenKey(""));
  }

  /** Whatever is read is of a size that later checks can bear, and reading never throws. */
  @FuzzTest
  void aFieldIsReadOrShowsNothing(byte[] input) {
    String value = new String(input, StandardCharsets.UTF_8);
    switch (AuthorizationField.read(value)) {
      case Authentication.Nothing nothing -> assertThat(nothing).isNotNull();
      case Authentication.TokenKey token -> assertThat(value).contains(token.key());
      case Authentication.NameAndPassword both ->
          assertThat(both.name()).hasSizeLessThan(value.length()).doesNotContain(":");
      case Authentication.SessionSecret session -> throw new AssertionError("no such scheme");
    }
  }

  @Test
  void aLongOneIsNotRead() {
    assertThat(AuthorizationField.read("Bearer " + "a".repeat(10_000_000)))
        .isEqualTo(new Authentication.Nothing());
  }
}
