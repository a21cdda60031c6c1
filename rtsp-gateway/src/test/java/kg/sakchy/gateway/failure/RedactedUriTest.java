package kg.sakchy.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedUriTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://10.0.0.1/a, rtsp://10.0.0.1/a",
    "rtsp://u:secret@10.0.0.1:8554/a?b=1, rtsp://10.0.0.1:8554/a?b=1",
    "rtsp://10.0.0.1/user=admin&password=secret&channel=1.sdp?x=1,"
        + " rtsp://10.0.0.1/user=admin&password=***&channel=1.sdp?x=1",
    "rtsp://10.0.0.1/s?channel=1&PWD=secret, rtsp://10.0.0.1/s?channel=1&PWD=***",
    "rtsp://10.0.0.1/s?token=secret&sub=0, rtsp://10.0.0.1/s?token=***&sub=0",
    "rtsp://10.0.0.1, rtsp://10.0.0.1/",
  })
  void showsNoSecrets(URI uri, String shown) {
    assertThat(RedactedUri.of(uri)).isEqualTo(shown).doesNotContain("secret");
  }
}
