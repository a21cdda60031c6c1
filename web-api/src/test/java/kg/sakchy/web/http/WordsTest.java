package kg.sakchy.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @Test
  void everyLanguageSaysTheSameThings() {
    for (Words words : Words.ALL) {
      assertThat(words.texts("").keySet())
          .as(words.language())
          .isEqualTo(Words.EN.texts("").keySet());
      assertThat(words.texts("").values()).noneMatch(String::isBlank);
    }
  }

  @Test
  void everyFaultHasATitle() {
    for (HttpFault fault : HttpFault.values()) {
      assertThat(Words.EN.text("problem." + fault.slug())).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ru, ru",
    "ru-RU, ru",
    "'ky-KG,ky;q=0.9,ru;q=0.8', ky",
    "'de,ru;q=0.5', ru",
    "'en-US,en;q=0.9,ru;q=0.8', en",
    "de, en",
    "*, en",
    "'', en",
    ";;;q=, en",
    ", en"
  })
  void theCallersLanguageIsTaken(@Nullable String header, String language) {
    assertThat(Words.accepted(header).language()).isEqualTo(language);
  }

  @Test
  void aHugeHeaderCostsNothing() {
    assertThat(Words.accepted("ru,".repeat(100_000))).isSameAs(Words.EN);
  }
}
