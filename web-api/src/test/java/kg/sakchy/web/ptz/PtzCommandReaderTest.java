package kg.sakchy.web.ptz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;

class PtzCommandReaderTest {
  @FuzzTest
  void aCommandIsReadWholeOrRefused(byte[] data) {
    JsonObject json;
    try {
      json = new JsonObject(new String(data, StandardCharsets.UTF_8));
    } catch (DecodeException e) {
      return;
    }
    try {
      requireSane(PtzCommandReader.read(json));
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
      assertThat(e).message().hasSizeLessThan(300);
    }
  }

  private static void requireSane(PtzCommand command) {
    switch (command) {
      case PtzCommand.Velocity(double pan, double tilt, double zoom) ->
          assertThat(List.of(pan, tilt, zoom)).allMatch(part -> Math.abs(part) <= 1);
      case PtzCommand.Relative(double pan, double tilt, double ratio) -> {
        assertThat(Math.abs(pan)).isLessThanOrEqualTo(360);
        assertThat(Math.abs(tilt)).isLessThanOrEqualTo(180);
        assertThat(ratio).isBetween(0.001, 1000.0);
      }
      case PtzCommand.Frame(double x, double y, double width, double height) -> {
        assertThat(x + width).isLessThanOrEqualTo(1.000001);
        assertThat(y + height).isLessThanOrEqualTo(1.000001);
        assertThat(Math.min(width, height)).isGreaterThanOrEqualTo(0.001);
      }
      case PtzCommand.Focus(double speed) -> assertThat(Math.abs(speed)).isLessThanOrEqualTo(1);
      case PtzCommand.GoToPreset(String token) ->
          assertThat(token).isNotEmpty().hasSizeLessThan(201);
      default -> assertThat(command).isNotNull();
    }
  }
}
