package kg.sakchy.media.hls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

class HlsFuzzTest {
  @FuzzTest
  void aNameIsReadAsItIsWrittenOrNotAtAll(byte[] input) {
    String name = new String(input, StandardCharsets.UTF_8);
    MediaName.parse(name)
        .ifPresent(
            read -> {
              assertThat(MediaName.parse(read.toString())).contains(read);
              if (read instanceof MediaName.Whole whole) {
                assertThat(whole.segment().ticks()).isPositive();
                assertThat(whole.segment().range().start()).isEqualTo(whole.segment().start());
              }
            });
  }

  @FuzzTest
  void directivesAreReadOrRefused(byte[] input) {
    Map<String, String> query = new HashMap<>();
    for (String pair : new String(input, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0) {
        query.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    try {
      Directives read = Directives.parse(query);
      assertThat(read.waits()).isEqualTo(query.containsKey(Directives.MSN));
      assertThat(read.part() < 0 || read.waits()).isTrue();
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
    }
  }
}
