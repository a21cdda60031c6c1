package kg.sakchy.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {
  private static final TotpSecret RFC =
      new TotpSecret("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
  private static final Instant NOW = Instant.ofEpochSecond(1111111111L);

  /** RFC 6238, appendix B, in eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130",
  })
  void codesAreThoseOfTheRfc(long seconds, String eightDigits) {
    assertThat("%08d".formatted(Totp.truncated(RFC, seconds / 30) % 100_000_000))
        .isEqualTo(eightDigits);
    assertThat(Totp.code(RFC, Instant.ofEpochSecond(seconds))).isEqualTo(eightDigits.substring(2));
  }

  @ParameterizedTest
  @CsvSource({"-31, false", "-30, true", "0, true", "30, true", "61, false"})
  void oneStepAsideIsGoodAndNoMore(long aside, boolean good) {
    Instant shownAt = Instant.ofEpochSecond(1111111110L).plusSeconds(aside);
    String code = Totp.code(RFC, shownAt);
    assertThat(Totp.step(RFC, code, Instant.ofEpochSecond(1111111110L)).isPresent())
        .isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "05047", "0504711", "05047a", "٠٥٠٤٧١", "０５０４７１", " 050471", "050471\n"})
  void whatIsNotSixAsciiDigitsIsNoCode(String code) {
    assertThat(Totp.step(RFC, code, NOW)).isEmpty();
    assertThat(Totp.step(RFC, "050471", NOW)).isPresent();
  }

  /** RFC 4648 §10, and what authenticators are given. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32IsThatOfTheRfc(String text, String encoded) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.encode(bytes)).isEqualTo(encoded);
    assertThat(Base32.decode(encoded)).isEqualTo(bytes);
  }

  /** What is read is written in the same letters again; the rest is refused. */
  @FuzzTest
  void base32IsReadExactlyOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      assertThat(Base32.encode(Base32.decode(text))).isEqualTo(text);
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
    }
  }

  @Test
  void aKeyIsTypedAndReadAgain() {
    TotpSecret secret = Totp.newSecret();
    assertThat(Totp.secret(Totp.text(secret))).isEqualTo(secret);
    assertThat(Totp.uri(RFC, new AccountId("aida")))
        .isEqualTo(
            "otpauth://totp/Sakchy:aida?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sakchy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MY",
        "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1",
        "Ж"
      })
  void aKeyOfAnotherFormIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> Totp.secret(text))
        .isInstanceOf(VmsException.class)
        .hasMessageStartingWith("the key");
  }
}
