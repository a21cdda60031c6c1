package kg.sakchy.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
  @Test
  void takesNamesAndValuesApart() {
    assertThat(QueryString.parse("a=1&b=%D0%9A&c&d=&&e=x=y"))
        .isEqualTo(Map.of("a", "1", "b", "К", "c", "", "d", "", "e", "x=y"));
    assertThat(QueryString.parse(null)).isEmpty();
    assertThat(QueryString.parse("")).isEmpty();
  }

  @Test
  void aPlusIsAPlus() {
    assertThat(QueryString.parse("from=2026-11-22T13:00:00+06:00&to=a%2Bb%20c"))
        .isEqualTo(Map.of("from", "2026-11-22T13:00:00+06:00", "to", "a+b c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%ff", "a=%c3%28", "%=1", "a=1&a=2", "a&a"})
  void refusesWhatIsMalformedOrAmbiguous(String query) {
    assertThatThrownBy(() -> QueryString.parse(query)).isInstanceOf(VmsException.class);
  }

  @Test
  void tooManyParametersAreRefusedBeforeTheyAreRead() {
    String many = "a=1&".repeat(1_000_000);
    assertThatThrownBy(() -> QueryString.parse(many)).isInstanceOf(VmsException.class);
  }

  @FuzzTest
  void whatIsReadCanBeWrittenAndReadAgain(byte[] input) {
    String query = new String(input, StandardCharsets.ISO_8859_1);
    Map<String, String> parameters;
    try {
      parameters = QueryString.parse(query);
    } catch (VmsException refused) {
      assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
      return;
    }
    String written =
        parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    assertThat(QueryString.parse(written)).isEqualTo(parameters);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
