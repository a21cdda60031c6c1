package kg.sakchy.core.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSourceTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://10.0.0.5/stream1, rtsp://10.0.0.5/stream1, , ",
    "rtsp://admin:secret@10.0.0.5:8554/h264?ch=1, rtsp://10.0.0.5:8554/h264?ch=1, admin, secret",
    "rtsp://admin:p%40ss@cam/1, rtsp://cam/1, admin, p@ss",
    "rtsp://admin:p@ss:w/rd@cam/1, rtsp://cam/1, admin, p@ss:w/rd",
    "rtsp://admin:100%@cam/1, rtsp://cam/1, admin, 100%",
    "rtsp://admin:a+b@cam/1, rtsp://cam/1, admin, a+b",
    "rtsps://cam/1?user=a@b, rtsps://cam/1?user=a@b, , ",
  })
  void takesUserAndPasswordOutOfTheAddress(
      String pasted, String uri, String user, String password) {
    StreamSource source = StreamSource.parse(pasted, Transport.TCP);
    assertThat(source.uri()).hasToString(uri);
    if (user == null) {
      assertThat(source.credentials()).isNull();
    } else {
      assertThat(source.credentials()).isEqualTo(new Credentials(user, password));
    }
    assertThat(source.toString()).doesNotContain(password == null ? "\0" : password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.5/stream",
        "http://cam/1",
        "rtsp:///nohost",
        "rtsp://u:topsecret@ca m/1"
      })
  void refusesWhatIsNoStreamAddress(String pasted) {
    assertThatThrownBy(() -> StreamSource.parse(pasted, Transport.TCP))
        .isInstanceOf(VmsException.class)
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void credentialsDoNotPrintThePassword() {
    assertThat(new Credentials("u", "hidden")).hasToString("u:***");
  }
}
